"""What a value that is written to a cell becomes there."""

from datetime import date, datetime, time
from typing import Any

from hscb_xl.ooxml import formulas
from hscb_xl.ooxml.cells import Formula
from hscb_xl.ooxml.edits import Edit
from hscb_xl.ooxml.looks import Look
from hscb_xl.ooxml.sheet import SheetPart
from hscb_xl.ooxml.styles import Styles

_DATE = "dd/mm/yyyy"
_MOMENT = "dd/mm/yyyy h:mm"
_TIME = "h:mm:ss"


def value_edit(part: SheetPart, styles: Styles, row: int, column: int, value: Any) -> Edit:
    """The edit that puts a value into a cell; a day gets a format that shows it as one."""
    if isinstance(value, date | time):
        return Edit(value, _date_style(styles, part.style_at(row, column), value))
    return Edit(None if value == "" else value)


def formula_edit(text: str) -> Edit:
    """The edit that puts a formula, given with its equal sign, into a cell, over another formula too."""
    return Edit(Formula(text[1:], formulas.literal_value(text[1:])), over_formula=True)


def _date_style(styles: Styles, style: int, value: date | time) -> int:
    """The format of a cell that shall show a day: its own if it shows days, else one that does."""
    if styles.shows_date(style):
        return style
    code = _TIME if isinstance(value, time) else _DATE
    if isinstance(value, datetime) and value.time() != time():
        code = _MOMENT
    return styles.changed(style, Look(number_format=code))
