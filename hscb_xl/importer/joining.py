"""Joining the pieces of a cell that pages broke: every word kept, every join noted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hscb_xl.importer.months import rest_of_month
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.model import HistoryNote

BREAK = " ⏎ "
_MARK = re.compile(r"<(/?)p>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!][\"'”’)\]]*$")
_FIRST_WORDS = re.compile(r"\s*\S+(?:\s+\S+){0,7}")
_WORDS = 8
"""How many words on each side of a break a note shows."""
_BESIDE = 1000
"""Characters beside a break that are looked at: far more than so many words have."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one page holds of a cell, its paragraphs on lines of their own.

    ``opens`` and ``closes``: it begins with a paragraph's opening mark, ends with a closing one.
    """

    line: int
    text: str
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Seam:
    """How a text goes on after a page break: behind ``glue`` comes ``rest``."""

    kind: str
    glue: str
    rest: str
    why: str


def joined(raw: Sequence[tuple[int, str]], no: int | None, key: str) -> tuple[str, list[HistoryNote]]:
    """The text of a cell in column ``key`` from its pieces (line, raw text), and what was mended in it.

    Only white space around a piece or a paragraph is dropped; inside them everything stays verbatim.
    """
    fragments = [piece for line, text in raw if (piece := _fragment(line, text)).text]
    text = fragments[0].text if fragments else ""
    notes = _unpaired(raw, no, key)
    for before, after in pairwise(fragments):
        end = text[-_BESIDE:]
        seam = _seam(end, before, after, key)
        notes.append(_note(seam, end, after.text, no, key))
        text += seam.glue + seam.rest
    return text, notes


def _fragment(line: int, raw: str) -> Fragment:
    inner = raw.strip()
    paragraphs = [text.strip() for text in _MARK.sub("\0", inner).split("\0")]
    opens = inner[:3].casefold() == "<p>"
    closes = inner[-4:].casefold() == "</p>"
    return Fragment(line, "\n".join(text for text in paragraphs if text), opens, closes)


def _seam(text: str, before: Fragment, after: Fragment, key: str) -> Seam:
    """Only By When is mended inside a word: a date is all that stands there."""
    where = f"a page break after line {before.line}"
    rest = rest_of_month(text, after.text) if key == "by_when" else None
    if rest is not None:
        return Seam("repaired", "", rest, f"one month's name was split by {where}")
    return Seam("joined", _glue(text, before, after), after.text, f"joined across {where}")


def _glue(text: str, before: Fragment, after: Fragment) -> str:
    """A line break where a sentence or paragraph had ended and another begins, else one space.

    A page's end closes every paragraph in the document, so a closing mark alone says nothing: the next
    page must open one, too, and with a capital letter.
    """
    first = next((letter for letter in after.text if letter.isalnum()), "")
    ended = bool(_SENTENCE_END.search(text)) or (before.closes and after.opens)
    return "\n" if ended and first.isupper() else " "


def _note(seam: Seam, text: str, after: str, no: int | None, key: str) -> HistoryNote:
    left = _last_words(text)
    result = left + seam.glue + _first_words(seam.rest)
    return HistoryNote(
        seam.kind, no, BY_KEY[key].header, left + BREAK + _first_words(after), result, seam.why
    )


def _unpaired(raw: Sequence[tuple[int, str]], no: int | None, key: str) -> list[HistoryNote]:
    """A note where the cell's paragraph marks do not come in pairs; a page break may stand within one."""
    whole = BREAK.join(text.strip() for _, text in raw if text.strip())
    marks = [mark[1] for mark in _MARK.finditer(whole)]
    if marks == ["", "/"] * (len(marks) // 2):
        return []
    why = f"a paragraph mark without its other half, in line {raw[0][0]}, was read as a line break"
    after = "\n".join(_fragment(line, text).text for line, text in raw if text.strip())
    return [HistoryNote("repaired", no, BY_KEY[key].header, _first_words(whole), _first_words(after), why)]


def _last_words(text: str) -> str:
    """The last words of a text that ends with one."""
    before, *words = text.rsplit(None, _WORDS)
    if len(words) < _WORDS:
        return text if len(text) < _BESIDE else "… " + text
    return "… " + text[len(before) :].lstrip()


def _first_words(text: str) -> str:
    found = _FIRST_WORDS.match(text[:_BESIDE])
    words = found[0] if found else ""
    return words if words == text else words + " …"
