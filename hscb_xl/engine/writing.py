"""What a value that is written to a cell becomes there."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from hscb_xl.engine.addresses import is_empty
from hscb_xl.ooxml.formula import literal
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.cells import Formula
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.looks import Look
from hscb_xl.ooxml.styles.styles import Styles

_PLAIN = {str, float, int, bool, type(None)}
"""What goes into a cell without a change of its format."""
_MOMENTS = {date, datetime, time}
_DATE = "dd/mm/yyyy"
_MOMENT = "dd/mm/yyyy h:mm"
_TIME = "h:mm:ss"

_NO_REFERENCES = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[(?:[^\[\]]|\[[^\[\]]*\])*\]')
"""Texts, quoted names of sheets, and what brackets hold: columns of tables, other books."""
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_LINES = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7}"
_REFERENCE = re.compile(rf"(?<![\w.$])(?:{_CELL}|{_LINES})(?![\w.(!])")
_ABSOLUTE = re.compile(r"\$[A-Za-z]+\$[0-9]+|\$[A-Za-z]+:\$[A-Za-z]+|\$[0-9]+:\$[0-9]+")


def put(part: SheetPart, styles: Styles, area: Area, data: Any) -> None:
    """Let the cells of an area hold values: one for all of them, a row, or rows of values.

    Raises OverLimit for more cells than may be read at once.
    """
    part.refuse_much(area)
    lines = in_rows(area, data)
    values = [None if value == "" else value for line in lines for value in line]
    fills = len(lines) == area.shape[0] and {len(line) for line in lines} == {area.shape[1]}
    if fills and _need_no_format(part, styles, area, values):
        part.fill(area, values)
        return
    for row, line in enumerate(lines, start=area.top):
        for column, value in enumerate(line, start=area.left):
            part.edit(row, column, value_edit(part, styles, row, column, value))


def _need_no_format(part: SheetPart, styles: Styles, area: Area, values: Sequence[Any]) -> bool:
    """Whether all are plain values, days among them only where the cells show days already."""
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return True
    if not kinds <= _PLAIN | _MOMENTS:
        return False
    formats = (style for line in part.formats.of(area) for style in line)
    return all(
        styles.shows_date(style)
        for style, value in zip(formats, values, strict=True)
        if isinstance(value, date | time)
    )


def put_formulas(part: SheetPart, styles: Styles, area: Area, data: Any) -> None:
    """Let the cells of an area hold formulas, given with their equal sign, or values where there is none.

    Raises OverLimit for more cells than may be read at once.
    """
    part.refuse_much(area)
    for row, line in enumerate(in_rows(area, data), start=area.top):
        for column, value in enumerate(line, start=area.left):
            if isinstance(value, str) and value.startswith("=") and len(value) > 1:
                part.edit(row, column, formula_edit(value))
            else:
                part.edit(row, column, value_edit(part, styles, row, column, value))


def in_rows(area: Area, data: Any) -> Sequence[Sequence[Any]]:
    """Values row by row; one value alone fills the area, a flat list is one row."""
    if is_empty(area):
        return []
    if not isinstance(data, list | tuple):
        return [[data] * area.shape[1]] * area.shape[0]
    return [data] if data and not isinstance(data[0], list | tuple) else data


def value_edit(part: SheetPart, styles: Styles, row: int, column: int, value: Any) -> Edit:
    """The edit that puts a value into a cell; a day gets a format that shows it as one."""
    if isinstance(value, date | time):
        return Edit(value, _date_style(styles, part.formats.at(row, column), value))
    return Edit(None if value == "" else value)


def formula_edit(text: str) -> Edit:
    """The edit that puts a formula, given with its equal sign, into a cell, over another formula too."""
    return Edit(Formula(text[1:], literal.literal_value(text[1:])), over_formula=True)


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
