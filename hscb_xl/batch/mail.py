"""A night's batch as the draft of a mail (.eml), which opens ready to be sent. No mail is sent."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from itertools import islice
from typing import Any

from hscb_xl.base.facts import label_line
from hscb_xl.base.shown import plainly

_OUTCOMES = ("done", "unchanged", "skipped", "failed", "locked")
_MOST = 200
"""Workbooks listed under one heading: a mail is read on a telephone; the report has them all."""
_MOST_LABELS = 20
_MOST_LINES = 50
"""Changes listed of one workbook."""

# What a spreadsheet takes for a formula when a line of the mail is pasted into it, in both widths.
_FORMULA_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

_TOLD = (
    ("failed", "Failed"),
    ("locked", "Left alone: open in Excel, or changed meanwhile"),
    ("skipped", "Skipped"),
)

_STYLE = (
    "body{font-family:sans-serif;font-size:14px;color:#222}h2{font-size:16px;margin:18px 0 4px}"
    "table{border-collapse:collapse}td{border:1px solid #bbb;padding:4px 8px;vertical-align:top}"
)


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading, what stands under it (a workbook and its lines), and how many more there were."""

    heading: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]
    more: int


def draft(records: Sequence[Mapping[str, Any]], *, subject: str) -> bytes:
    """The bytes of the .eml file for what a batch said of each workbook: the objects of its JSON lines.

    Of a record ``path``, ``outcome``, ``message``, ``changed`` (``no``, ``from``, ``to``, ``why``), ``kept``,
    ``told`` and ``label`` are used. ``X-Unsent`` makes Outlook open the file for sending. Equal records give
    equal bytes.
    """
    sections = [section for section in _sections(records) if section.entries]
    opening = [_opening(records), *_labels(records)]
    text, page = _as_text(opening, sections), _as_html(opening, sections)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = plainly(subject)
    message["X-Unsent"] = "1"
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    # A boundary of the library's choosing would be another one each time.
    message.set_boundary(f"hscb-xl-{hashlib.sha256((text + page).encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _labels(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The sensitivity labels of the workbooks, on one line."""
    found = dict.fromkeys(_harmless(record["label"]) for record in records if record.get("label"))
    return [f"{label_line('; '.join(islice(found, _MOST_LABELS)))}."] if found else []


def _opening(records: Sequence[Mapping[str, Any]]) -> str:
    counts = Counter(str(record["outcome"]) for record in records)
    said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in _OUTCOMES if counts[outcome])
    number = f"{len(records)} workbook{'' if len(records) == 1 else 's'}"
    quiet = not counts["failed"] + counts["locked"] and not any(
        r.get("changed") or r.get("kept") for r in records
    )
    nothing = " No rating changed and nothing failed." if quiet else ""
    return f"{number}{': ' if said else ''}{said}.{nothing}"


def _sections(records: Sequence[Mapping[str, Any]]) -> Iterable[_Section]:
    """What to read first: the ratings that changed, then what somebody has to see to."""
    yield _section("Ratings that changed", ((r, _changes(r)) for r in records if r.get("changed")))
    for outcome, heading in _TOLD:
        yield _section(
            heading, ((r, [str(r.get("message", ""))]) for r in records if r["outcome"] == outcome)
        )
    yield _section("Exports left as they were found", ((r, r["kept"]) for r in records if r.get("kept")))
    yield _section("About exports", ((r, r["told"]) for r in records if r.get("told")))


def _section(heading: str, told: Iterable[tuple[Mapping[str, Any], Iterable[str]]]) -> _Section:
    entries = iter(told)
    listed = tuple(
        (_harmless(record["path"]), tuple(map(_harmless, lines))) for record, lines in islice(entries, _MOST)
    )
    return _Section(heading, listed, sum(1 for _ in entries))


def _changes(record: Mapping[str, Any]) -> list[str]:
    listed, more = record["changed"][:_MOST_LINES], len(record["changed"]) - _MOST_LINES
    lines = [
        f"action {change['no']}: {_rating(change['from'])} to {_rating(change['to'])}"
        + (f" – {change['why']}" if change.get("why") else "")
        for change in listed
    ]
    return [*lines, f"and {more} more"] if more > 0 else lines


def _rating(letter: object) -> str:
    return str(letter) if letter else "not rated"


def _harmless(text: object) -> str:
    """A text on one line that stays text wherever it is pasted."""
    line = plainly(text).strip()
    return f"“{line}”" if line.startswith(_FORMULA_BEGINS) else line


def _as_text(opening: Iterable[str], sections: Iterable[_Section]) -> str:
    lines = [*opening]
    for section in sections:
        lines += ["", section.heading, ""]
        for path, said in section.entries:
            lines += [path, *(f"    {line}" for line in said)]
        lines += [_more(section)] if section.more else []
    return "\n".join([*lines, ""])


def _as_html(opening: Iterable[str], sections: Iterable[_Section]) -> str:
    head = f'<head><meta charset="utf-8"><style>{_STYLE}</style></head>'
    parts = [f'<!doctype html><html lang="en">{head}<body>', *(f"<p>{escape(line)}</p>" for line in opening)]
    for section in sections:
        parts.append(f"<h2>{escape(section.heading)}</h2><table>")
        for path, said in section.entries:
            parts.append(f"<tr><td>{escape(path)}</td><td>{'<br>'.join(map(escape, said))}</td></tr>")
        parts.append("</table>")
        parts += [f"<p>{_more(section)}</p>"] if section.more else []
    return "\n".join([*parts, "</body></html>", ""])


def _more(section: _Section) -> str:
    return f"and {section.more} more: see the report."
