"""The VBA project of the workbook, written from text without any Office program."""

from hscb_xl.build.vba.project import Module, vba_project
from hscb_xl.build.vba.texts import modules

__all__ = ["Module", "modules", "vba_project"]
