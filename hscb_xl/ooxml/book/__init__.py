"""The workbook as a whole: its sheets, its calculation, its views, its properties.

From outside: ``workbook.Workbook``, ``new`` and ``differences``.
"""
