"""A formula as a file holds it, English with commas and A1 references, cut into its pieces.

No piece is lost: their texts joined are the formula again, whatever stands in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs

Kind = Literal["sheet", "cells", "name", "function", "brackets", "other"]

_LONGEST = 16_384
"""Twice the characters that Excel takes, as some programs count them otherwise."""
_WORD = r"[\w.\\?\x80-\U0010ffff]"
_AFTER = r"(?![\w.\\?(!\[]|[^\x00-\x7f])"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_COLUMNS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}"
_ROWS = r"\$?[0-9]{1,7}:\$?[0-9]{1,7}"
_REFERENCES = tuple(re.compile(form + _AFTER) for form in (f"{_CELL}:{_CELL}", _COLUMNS, _ROWS, _CELL))
_LITERAL = re.compile(
    r'"(?:[^"]|"")*+"'
    rf"|\#REF!(?:(?:{_CELL}:{_CELL}|{_COLUMNS}|{_ROWS}|{_CELL}){_AFTER})?"
    r"|\#[A-Z][A-Z0-9_/]*[!?]?"
)
_QUOTED_SHEET = re.compile(r"'((?:[^']|'')++)'!")
_PLAIN_SHEET = re.compile(rf"((?:\[[^\[\]]*\])?)({_WORD}*)(?::({_WORD}+))?!")
_QUOTES = re.compile(r"'{3,}+")
_BRACKETS = re.compile(r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\]", re.DOTALL)
_NUMBER = re.compile(r"(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:[Ee][+-]?[0-9]++)?+(?![\w.\\?])")
_NAME = re.compile(rf"{_WORD}+")
_BOOK = re.compile(r"(.*\])(.*)", re.DOTALL)
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_CONSTANTS = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True)
class Sheets:
    """What stands in front of an exclamation mark: a sheet, or the ``first`` and ``last`` of several.

    ``book`` is the book with its brackets and its path, empty for this book.
    """

    book: str
    first: str
    last: str | None = None

    @property
    def here(self) -> bool:
        """Whether it is in this book, which a file may call [0]."""
        return self.book in ("", "[0]")

    @property
    def text(self) -> str:
        """How a formula has it, quoted where need be, the exclamation mark included."""
        names = [self.first] if self.last is None else [self.first, self.last]
        name = self.book + ":".join(names)
        plain_book = re.fullmatch(r"(?:\[[0-9]+\])?", self.book)
        if plain_book and (all(map(_is_plain, names)) or not self.first):
            return f"{name}!"
        doubled = name.replace("'", "''")
        return f"'{doubled}'!"

    def is_one(self, sheet: str) -> bool:
        """Whether it means exactly that sheet of this book."""
        return self.here and self.last is None and same(self.first, sheet)

    def names(self, sheet: str) -> bool:
        """Whether that sheet of this book is called by its name here."""
        return self.here and (same(self.first, sheet) or (self.last is not None and same(self.last, sheet)))


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a formula; ``sheet`` is what stands in front of it, or what it is for a sheet itself.

    The kind is ``cells`` for references, ``name`` for names of cells and of tables, ``function`` for a name
    with a parenthesis behind it, ``brackets`` for columns of a table, and ``other`` for all else.
    """

    kind: Kind
    text: str
    sheet: Sheets | None = None


def tokens(formula: str) -> list[Token]:
    """The pieces of a formula, which stands without its equal sign; UnsafeEdit for one that is too long."""
    if len(formula) > _LONGEST:
        raise UnsafeEdit(f"the formula {formula[:40]}... is longer than Excel can hold.")
    return list(_tokens(formula))


def same(one: str, other: str) -> bool:
    """Whether two names of sheets, tables or cells are one to Excel."""
    return one.lower() == other.lower()


def _tokens(formula: str) -> Iterator[Token]:
    at, sheet = 0, None
    while at < len(formula):
        token = _next(formula, at)
        if token.kind == "sheet":
            sheet = token.sheet
            yield token
        else:
            yield Token(token.kind, token.text, sheet)
            sheet = None
        at += len(token.text)


def _next(formula: str, at: int) -> Token:
    if match := _LITERAL.match(formula, at):
        return Token("other", match[0])
    if sheet := _sheet(formula, at):
        return sheet
    if text := _reference(formula, at):
        return Token("cells", text)
    if match := _BRACKETS.match(formula, at):
        return Token("brackets", match[0])
    if match := _NUMBER.match(formula, at):
        return Token("other", match[0])
    if match := _NAME.match(formula, at):
        return Token("function" if formula.startswith("(", match.end()) else "name", match[0])
    return Token("other", _of_no_kind(formula, at))


def _of_no_kind(formula: str, at: int) -> str:
    """A character that means nothing here; of many quotes in a row all, since no later one begins a name."""
    quotes = _QUOTES.match(formula, at)
    return quotes[0] if quotes and not _QUOTED_SHEET.match(formula, at + 1) else formula[at]


def _sheet(formula: str, at: int) -> Token | None:
    if match := _QUOTED_SHEET.match(formula, at):
        return Token("sheet", match[0], _quoted(match[1].replace("''", "'")))
    match = _PLAIN_SHEET.match(formula, at)
    if match is None or not (match[1] or match[2]):
        return None
    if match[3] is not None and (not match[2] or refs.is_reference(match[2])):
        return None  # a cell, and the range up to a cell of the sheet behind the colon
    return Token("sheet", match[0], Sheets(match[1], match[2], match[3]))


def _quoted(text: str) -> Sheets:
    match = _BOOK.fullmatch(text)
    book, names = (match[1], match[2]) if match else ("", text)
    first, _, last = names.partition(":")
    return Sheets(book, first, last or None)


def _reference(formula: str, at: int) -> str | None:
    for form in _REFERENCES:
        match = form.match(formula, at)
        if match and _lies_on_a_sheet(match[0]):
            return match[0]
    return None


def _lies_on_a_sheet(text: str) -> bool:
    try:
        refs.area(text)
    except ValueError:
        return False
    return True


def _is_plain(sheet: str) -> bool:
    return bool(
        _PLAIN_NAME.fullmatch(sheet) and not refs.is_reference(sheet) and sheet.lower() not in _CONSTANTS
    )
