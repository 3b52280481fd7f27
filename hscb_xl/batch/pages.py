"""What a page about a night says, and in which order: what changed, then what somebody has to see to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hscb_xl.batch.records import SEVERITIES, Record
from hscb_xl.plan.wording import counted, listed, written

Records = Callable[[], Iterator[Record]]
"""Gives all records from the first on, each time it is called."""

NOT_RATED = "–"
_ON_A_LINE = 8
"""Changed ratings that one line names; the report names all."""

# What a spreadsheet takes for a formula when a page is opened or pasted in it, in both widths.
_FORMULA_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a page; the rows of one workbook stand behind each other and begin with its path."""

    heading: str
    headers: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, its one sentence and its sections, to be gone through once.

    ``label`` is the line on sensitivity labels, '' for none.
    """

    title: str
    sentence: str
    sections: tuple[Section, ...]
    label: str = ""


def page(records: Records, sentence: str, as_of: date, label: str = "") -> Page:
    """The page about a batch on the day ``as_of``."""
    told = ("Workbook", "What happened")
    return Page(
        title=f"Plans as of {written(as_of)}",
        sentence=sentence,
        label=harmless(label),
        sections=(
            Section("Ratings that changed", ("Workbook", "Action", "Was", "Is", "Why"), _changes(records)),
            Section("Failed", told, _told(records, "failed")),
            Section("Left alone: open or changed meanwhile", told, _told(records, "locked")),
            Section("Exports left as they were found", told, _of_exports(records, "kept")),
            Section("Skipped", told, _told(records, "skipped")),
            Section("About exports", told, _of_exports(records, "told")),
            Section("Done", ("Workbook", "Outcome", "Findings", "Remarks"), _rest(records)),
        ),
    )


def sentence_of(record: Record) -> str:
    """What is said of a workbook on one line."""
    if record.message and record.outcome not in ("done", "unchanged"):
        return record.message
    said = "; ".join(filter(None, (_changed(record), _findings(record), _remarks(record))))
    return " ".join((f"{said}." if record.kept or record.told else said, *record.kept, *record.told))


def harmless(text: str) -> str:
    """``text`` so that it stays text in a spreadsheet, too."""
    text = text.strip()
    return f"“{text}”" if text.startswith(_FORMULA_BEGINS) else text


def _changes(records: Records) -> Iterator[tuple[str, ...]]:
    for record in records():
        for change in record.changed:
            was, now = change.before or NOT_RATED, change.now or NOT_RATED
            yield harmless(record.path), harmless(change.no), was, now, harmless(change.why)


def _told(records: Records, outcome: str) -> Iterator[tuple[str, ...]]:
    for record in records():
        if record.outcome == outcome:
            yield harmless(record.path), harmless(record.message)


def _of_exports(records: Records, kind: Literal["kept", "told"]) -> Iterator[tuple[str, ...]]:
    for record in records():
        for sentence in record.kept if kind == "kept" else record.told:
            yield harmless(record.path), harmless(sentence)


def _rest(records: Records) -> Iterator[tuple[str, ...]]:
    for record in records():
        if record.outcome in ("done", "unchanged"):
            yield harmless(record.path), record.outcome, _findings(record), _remarks(record)


def _changed(record: Record) -> str:
    each = [f"{c.no}: {c.before or NOT_RATED} to {c.now or NOT_RATED}" for c in record.changed[:_ON_A_LINE]]
    more = ["…"] if len(record.changed) > _ON_A_LINE else []
    return f"{counted(len(record.changed), 'rating')} changed ({', '.join(each + more)})" if each else ""


def _findings(record: Record) -> str:
    errors, warnings, infos = (record.findings.get(severity, 0) for severity in SEVERITIES)
    each = [counted(errors, "error")] if errors else []
    each += [counted(warnings, "warning")] if warnings else []
    each += [f"{infos} for information"] if infos else []
    return listed(each) or "nothing found"


def _remarks(record: Record) -> str:
    first = f"{counted(record.first, 'action')} rated for the first time" if record.first else ""
    exports = counted(record.exports, "export") if record.exports else ""
    return "; ".join(filter(None, (first, exports, record.message)))
