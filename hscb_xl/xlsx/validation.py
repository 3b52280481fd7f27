"""Drop-downs and date cells: what a column takes, and what it says when something else is typed."""

from collections.abc import Mapping, Sequence
from datetime import date

from hscb_xl.plan.wording import listed
from hscb_xl.xlsx.sheet import Area, Sheet

EARLIEST = date(2000, 1, 1)


def one_of(sheet: Sheet, area: Area, column: int, words: Sequence[str], header: str, hint: str = "") -> None:
    """Only one of ``words`` may stand in the column; ``hint`` is shown while a cell is selected."""
    options = {
        "validate": "list",
        "source": list(words),
        "error_type": "stop",
        "error_title": header,
        "error_message": f"Choose {listed(words[:-1])} or {words[-1]}.",
    }
    _apply(sheet, area, column, options, header, hint)


def usually(sheet: Sheet, area: Area, column: int, words: Sequence[str], header: str, otherwise: str) -> None:
    """The drop-down offers ``words``; another may be kept after a question that says what comes of it."""
    options = {
        "validate": "list",
        "source": list(words),
        "error_type": "warning",
        "error_title": header,
        "error_message": f"Usually it is {listed(words[:-1])} or {words[-1]}. {otherwise}",
    }
    _apply(sheet, area, column, options, header, "")


def suggested(sheet: Sheet, area: Area, column: int, name: str, header: str) -> None:
    """The drop-down offers the cells of the defined name, and any other text may be kept after a question."""
    options = {
        "validate": "list",
        "source": f"={name}",
        "error_type": "warning",
        "error_title": header,
        "error_message": "This name is not on the sheet Lists. A joint entry may stay as it is; "
        "add a new name to Lists.",
    }
    _apply(sheet, area, column, options, header, "")


def must_be_date(sheet: Sheet, area: Area, column: int, header: str, hint: str = "") -> None:
    """Only a date from 2000 on may stand in the column."""
    options = {
        "validate": "date",
        "criteria": ">=",
        "value": EARLIEST,
        "error_type": "stop",
        "error_title": header,
        "error_message": "Type a date, such as 31/03/2015.",
    }
    _apply(sheet, area, column, options, header, hint or "A date, such as 31/03/2015.")


def whole_number(
    sheet: Sheet, area: Area, column: int, header: str, of: str = " of days", least: int = 0
) -> None:
    """Only a whole number, ``least`` or more, may stand in the column; of days, if nothing else is said."""
    options = {
        "validate": "integer",
        "criteria": ">=",
        "value": least,
        "error_type": "stop",
        "error_title": header,
        "error_message": f"Type a whole number{of}, {least} or more.",
    }
    _apply(sheet, area, column, options, header, "")


def _apply(
    sheet: Sheet, area: Area, column: int, options: Mapping[str, object], header: str, hint: str
) -> None:
    if hint:
        options = {**options, "input_title": header, "input_message": hint}
    sheet.raw.data_validation(area.first, column, area.last, column, options)
