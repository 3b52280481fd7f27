"""The table Words on the sheet Lists: a board's own words for Status, and what each of them means."""

from collections.abc import Iterator, Mapping

from xlwings.main import Table

from hscb_xl.errors import BadSetting
from hscb_xl.plan import columns
from hscb_xl.plan.finished import LONGEST, MEANINGS, Meaning, normal
from hscb_xl.plan.statuses import OURS, Statuses
from hscb_xl.plan.wording import quoted
from hscb_xl.tasks.book import tables

WORD, MEANS = "Word", "Means"
_MEANINGS: Mapping[str, Meaning] = {meaning: meaning for meaning in MEANINGS}
_CHOICE = "write complete, not complete or ask"


def read(known: Mapping[str, Table]) -> Statuses:
    """The words for Status among a book's tables; ours alone where it has no table Words.

    BadSetting names every cell that is wrong. A table of that name elsewhere than on the sheet Lists, and
    without our headers, is somebody else's.
    """
    table = known.get("words")
    headers = tables.headers(table) if table is not None else []
    missing = [header for header in (WORD, MEANS) if header not in headers]
    if table is None or (missing and not _is_on_lists(table, known)):
        return OURS
    if missing:
        raise BadSetting(
            f"The table Words on the sheet {table.parent.name} has no column"
            f" {' and no column '.join(missing)}; "
            f"it needs {WORD} and {MEANS}."
        )
    entries = list(_entries(table, headers))
    wrong = [*filter(None, map(_wrong, entries)), *_contradictions(entries)]
    if wrong:
        raise BadSetting(f"{'; '.join(wrong)}.")
    return Statuses({normal(word): _MEANINGS[means.casefold()] for word, means, *_ in entries})


_Entry = tuple[str, str, str, str]
"""A word, what it means, and the cells of both."""


def _entries(table: Table, headers: list[str]) -> Iterator[_Entry]:
    """The rows that hold anything."""
    sheet, left, top = table.parent.name, table.range.column, table.range.row + 1
    places = headers.index(WORD), headers.index(MEANS)
    letters = [columns.letters(left + place) for place in places]
    for number, row in enumerate(tables.body(table), start=top):
        word, means = (" ".join(tables.as_text(row[place]).split()) for place in places)
        if word or means:
            yield word, means, f"{sheet}!{letters[0]}{number}", f"{sheet}!{letters[1]}{number}"


def _wrong(entry: _Entry) -> str:
    """What is wrong with an entry by itself, '' for a good one."""
    word, means, word_cell, means_cell = entry
    if not normal(word):
        return f"{word_cell}: {WORD} is {'no word' if word else 'empty'}, but {means_cell} gives a meaning"
    if len(word) > LONGEST:
        return f"{word_cell}: {WORD} is longer than {LONGEST} characters"
    if means.casefold() not in _MEANINGS:
        return f"{means_cell}: {MEANS} {f'cannot be {means!r}' if means else 'is empty'}; {_CHOICE}"
    return ""


def _contradictions(entries: list[_Entry]) -> Iterator[str]:
    first: dict[str, _Entry] = {}
    for entry in entries:
        word, means, cell, _ = entry
        before = first.setdefault(normal(word), entry)
        if word and before[1].casefold() != means.casefold():
            yield f"{cell}: {quoted(word)} means something else in {before[2]}; keep one of them"


def _is_on_lists(table: Table, known: Mapping[str, Table]) -> bool:
    leads = known.get("leads")
    return leads is not None and leads.parent.name == table.parent.name
