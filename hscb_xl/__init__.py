"""An improvement plan kept in Excel: validated, rated, formatted, summarised and exported."""

__version__ = "0.1.0"
