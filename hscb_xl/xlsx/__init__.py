"""Drawing new workbooks with XlsxWriter: what every sheet shares, a group's tab, and the export files."""
