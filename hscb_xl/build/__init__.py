"""Building the improvement plan's workbook from text sources, the same bytes each time."""

from hscb_xl.build.workbook import build

__all__ = ["build"]
