"""What a value that is written to a cell becomes there."""

import re
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

_NO_REFERENCES = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[(?:[^\[\]]|\[[^\[\]]*\])*\]')
"""Texts, quoted names of sheets, and what brackets hold: columns of tables, other books."""
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_LINES = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7}"
_REFERENCE = re.compile(rf"(?<![\w.$])(?:{_CELL}|{_LINES})(?![\w.(!])")
_ABSOLUTE = re.compile(r"\$[A-Za-z]+\$[0-9]+|\$[A-Za-z]+:\$[A-Za-z]+|\$[0-9]+:\$[0-9]+")


def value_edit(part: SheetPart, styles: Styles, row: int, column: int, value: Any) -> Edit:
    """The edit that puts a value into a cell; a day gets a format that shows it as one."""
    if isinstance(value, date | time):
        return Edit(value, _date_style(styles, part.style_at(row, column), value))
    return Edit(None if value == "" else value)


def formula_edit(text: str) -> Edit:
    """The edit that puts a formula, given with its equal sign, into a cell, over another formula too."""
    return Edit(Formula(text[1:], formulas.literal_value(text[1:])), over_formula=True)


def is_shifted(formula: str) -> bool:
    """Whether Excel would shift the references of a formula that is written to several cells at once."""
    references = _REFERENCE.findall(_NO_REFERENCES.sub("", formula))
    return not all(_ABSOLUTE.fullmatch(reference) for reference in references)


def _date_style(styles: Styles, style: int, value: date | time) -> int:
    """The format of a cell that shall show a day: its own if it shows days, else one that does."""
    if styles.shows_date(style):
        return style
    code = _TIME if isinstance(value, time) else _DATE
    if isinstance(value, datetime) and value.time() != time():
        code = _MOMENT
    return styles.changed(style, Look(number_format=code))
