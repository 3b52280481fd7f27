"""How the plan looks: every colour and conditional format once, as data that any writer can apply."""

from collections.abc import Mapping
from dataclasses import dataclass

from hscb_xl.plan.columns import Owner
from hscb_xl.plan.rag import Rating, RatingPolicy
from hscb_xl.plan.wording import counted

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """A fill and a font colour, each red, green, blue from 0 to 255, and whether the font is bold."""

    fill: RGB
    font: RGB
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A conditional format: the cells of ``column`` (a key) whose own value is ``equals`` get ``look``.

    Nothing but a cell's own value is compared (design, section 5, "Conditional formats").
    """

    column: str
    equals: str
    look: Look


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of the printed key; ``letter`` is '' for the line on actions without a letter."""

    letter: str
    words: str


DATE = "dd mmm yyyy"
"""The number format of a day, everywhere."""
WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)

LETTERS: Mapping[str, Look] = {
    "R": Look((176, 0, 16), WHITE, bold=True),
    "A": Look((255, 192, 0), BLACK, bold=True),
    "G": Look((0, 110, 60), WHITE, bold=True),
    "B": Look((0, 84, 159), WHITE, bold=True),
}

_RED_TINT = Look((255, 214, 214), (128, 0, 16))
_ORANGE_TINT = Look((252, 228, 206), (115, 50, 0))
_AMBER_TINT = Look((255, 242, 204), (96, 64, 0))
_GREEN_TINT = Look((217, 240, 222), (0, 80, 40))
_BLUE_TINT = Look((221, 235, 247), (20, 60, 110))
_GREY = Look((226, 226, 226), (64, 64, 64))
_ATTENTION = Look((255, 209, 163), (102, 0, 0), bold=True)

_TIMING: Mapping[str, Look] = {
    "overdue": _RED_TINT,
    "late": _ORANGE_TINT,
    "due soon": _AMBER_TINT,
    "complete": _GREEN_TINT,
    "unclear": _GREY,
    "no date": _GREY,
}

_AGREEMENT: Mapping[str, Look] = {"differs": _ATTENTION, "not agreed": _GREY, "not rated": _GREY}

# Excel compares words whatever their capitals: "AMBER" is Amber.
_SPELT_OUT: Mapping[str, Look] = {rating.name.capitalize(): LETTERS[rating.value] for rating in Rating}

RULES: tuple[Rule, ...] = tuple(
    Rule(column, word, look)
    for column, looks in (
        ("agreed", {**LETTERS, **_SPELT_OUT}),
        ("auto", LETTERS),
        ("timing", _TIMING),
        ("agreement", _AGREEMENT),
    )
    for word, look in looks.items()
)

SEVERITY_LOOKS: tuple[tuple[str, Look], ...] = (
    ("error", _RED_TINT),
    ("warning", _AMBER_TINT),
    ("info", _BLUE_TINT),
)

HEADERS: Mapping[Owner, Look] = {
    "board": Look((31, 56, 100), WHITE, bold=True),
    "officer": Look((0, 92, 96), WHITE, bold=True),
    "program": Look((208, 208, 208), BLACK, bold=True),
}

OWNER_WORDS: Mapping[Owner, str] = {
    "board": "The board’s own columns",
    "officer": "Filled in by officers",
    "program": "Worked out by the program",
}

TITLE = Look(WHITE, (31, 56, 100), bold=True)
QUIET = Look(WHITE, (64, 64, 64))
LINK: RGB = (5, 68, 138)
GRID: RGB = (191, 191, 191)
BODY_SIZE = 10
"""Points: the font of everything in a table."""


def key(policy: RatingPolicy) -> tuple[KeyEntry, ...]:
    """What each letter means under ``policy``, worst first (design, section 5, "RAG")."""
    blue = (KeyEntry("B", "Blue: complete, with evidence, a date and a verifier."),) if policy.blue else ()
    return (
        KeyEntry("R", f"Red: {_red(policy)}."),
        KeyEntry("A", f"Amber: {_amber(policy)}."),
        KeyEntry("G", f"Green: {_green(policy)}."),
        *blue,
        KeyEntry(
            "", "No letter: not rated, because By When gives no day that can be read, or Status is not clear."
        ),
    )


def timing_lines(policy: RatingPolicy) -> tuple[str, ...]:
    """What each word of the column Timing means under ``policy``."""
    return (
        f"overdue: {_red(policy)}.",
        f"late: past its due date by no more than the tolerance ({counted(policy.tolerance, 'day')}).",
        f"due soon: {_soon(policy)}.",
        f"on time: {_later(policy)}.",
        "complete: Status says so or, while Status is empty, Progress or a blue RAG Rating does.",
        "unclear: Status may mean complete or not.",
        "no date: By When gives no day that can be read.",
    )


def _red(policy: RatingPolicy) -> str:
    if policy.tolerance:
        return f"overdue by more than {counted(policy.tolerance, 'day')}"
    return "past its due date and not complete"


def _amber(policy: RatingPolicy) -> str:
    due = _soon(policy) if policy.preset == "delivery" else "not complete, and not past its due date"
    if not policy.tolerance:
        return due
    return f"{due}; or overdue by {counted(policy.tolerance, 'day')} at most"


def _green(policy: RatingPolicy) -> str:
    return f"complete, or {_later(policy)}" if policy.preset == "delivery" else "complete"


def _soon(policy: RatingPolicy) -> str:
    return f"due within {counted(policy.amber_window, 'day')}" if policy.amber_window else "due today"


def _later(policy: RatingPolicy) -> str:
    return f"due in more than {counted(policy.amber_window, 'day')}" if policy.amber_window else "due later"
