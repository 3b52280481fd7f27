"""Checks of what stands in a text: leftovers of the document it came from, and questions left open."""

import re
from collections.abc import Iterator

from hscb_xl.plan.checks.base import each_row, info, warning
from hscb_xl.plan.columns import BY_KEY, COLUMNS, normal
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged
from hscb_xl.plan.wording import MONTHS, counted, quoted

_TEXTS = tuple(column.key for column in COLUMNS if column.owner == "board" and column.key != "no")
# Headers of a single word ("Lead", "Action") stand in good sentences too.
_TELLING_HEADERS = tuple(
    normal(column.header) for column in COLUMNS if column.owner == "board" and " " in column.header
)
# The longest word of a header stands in every text that holds the header: most texts hold none of them.
_WORDS = {
    column.key: max(normal(column.header).split(), key=len) for column in COLUMNS if column.owner == "board"
}
_TELLING_WORDS = tuple(max(header.split(), key=len) for header in _TELLING_HEADERS)
_TAG = re.compile(r"</?(?:p|br|div|span)\b[^<>]*>", re.IGNORECASE)
_MONTHS = frozenset(month.casefold() for month in MONTHS)
_BROKEN = re.compile(r"\b([^\W\d_]+)[^\S\n]*\n\s*([a-z]+)\b")
_SMALL_AFTER_BREAK = re.compile(r"\n[^\S\n]*[a-z]")


@each_row
def page_break_leftover(judged: Judged) -> Iterator[Finding]:
    """No cell holds a tag, a repeated header or a broken word of the document that the plan came from."""
    for column in _TEXTS:
        text = getattr(judged.action, column)
        leftover = _leftover(text, column) if isinstance(text, str) else ""
        if leftover:
            message = f"{BY_KEY[column].header} holds {leftover} from a document's page."
            remedy = "Compare the cell with the document and remove what does not belong to the text."
            yield warning("page-break-leftover", judged.action, column, message, remedy)


@each_row
def open_questions(judged: Judged) -> Iterator[Finding]:
    """Questions that Progress asks are answered there."""
    questions = judged.commentary.questions
    if questions:
        count = counted(len(questions), "open question") + (", the first" if len(questions) > 1 else "")
        message = f"Progress holds {count}: {quoted(questions[0])}."
        remedy = "Answer in Progress, and take the question out when it is answered."
        yield info("open-questions", judged.action, "progress", message, remedy)


def _leftover(text: str, column: str) -> str:
    """What of a document's page stands in ``text``, in words; '' for a clean text."""
    if tag := "<" in text and _TAG.search(text):
        return f"the tag {tag[0]}"
    return _headers_left(text, column) or _broken(text)


def _headers_left(text: str, column: str) -> str:
    folded = text.casefold()
    if _WORDS[column] in folded and normal(text) == normal(BY_KEY[column].header):
        return f"its own header {quoted(text)}"
    if sum(word in folded for word in _TELLING_WORDS) > 1:
        for line in text.splitlines():
            if _headers_in(normal(line)) > 1:
                return f"a repeated header line {quoted(line)}"
    return ""


def _broken(text: str) -> str:
    for broken in _BROKEN.finditer(text) if _SMALL_AFTER_BREAK.search(text) else ():
        if _is_one_word(broken[1].casefold(), broken[2]):
            return f"the broken word {quoted(broken[0])}"
    return ""


def _headers_in(line: str) -> int:
    return sum(header in line for header in _TELLING_HEADERS)


def _is_one_word(head: str, tail: str) -> bool:
    """Whether a break fell into a word: into a month's name, or before a tail without a vowel, given twice.

    Other tails ("also" above "so") are words as often as not, and so are left alone.
    """
    if head in _MONTHS:
        return head.endswith(tail) and head != tail
    return head + tail in _MONTHS or (head.endswith(tail) and head != tail and not re.search("[aeiou]", tail))
