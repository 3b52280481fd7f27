"""What tasks have done, each in words for an officer: what, how many, and where to look."""

from collections.abc import Sequence
from pathlib import Path

from hscb_xl.plan.wording import counted, listed
from hscb_xl.tasks import accept, export, undo
from hscb_xl.tasks.export import By

_MOST = 12
"""How many actions or cells a sentence names; a status bar has one line."""


def accepted(done: accept.Report) -> str:
    """The ratings accepted, then the actions left, with why."""
    head = "Nothing was accepted."
    if done.accepted:
        head = f"Computed rating accepted for {_actions(done.accepted)} and written into History."
    left = (
        (done.same, "agreed as computed already"),
        (done.not_rated, "without a computed rating, and left"),
        (done.stale, "whose Auto RAG is out of date, and left (click Refresh RAG first)"),
        (done.formula, "with a formula in RAG Rating, and left"),
    )
    return " ".join([head, *(f"{_actions(found).capitalize()}: {why}." for found, why in left if found)])


def undone(done: undo.Report) -> str:
    """What was put back, then what was not, with why."""
    head = f"Undone: {done.click}, {counted(done.cells, 'cell')} put back."
    if not done.cells:
        head = f"Nothing of {done.click} was put back."
    edited = f" Edited since, and left: {_some(done.edited)}." if done.edited else ""
    lost = f" No longer to be told from others or gone: {_actions(done.lost)}." if done.lost else ""
    return head + edited + lost


def exported(done: export.Report, by: By, folder: Path) -> str:
    """How many files there are and where, then what was left as it is, and who is in none of them."""
    first = done.files[0].name if done.files and done.files[0].parent == folder else ""
    pack = f", the pack first: {first}" if first else ""
    head = f"{counted(len(done.files), 'file')} written to {folder}{pack}." if done.files else ""
    return " ".join(filter(None, (head, *export.remarks(done, by))))


def _actions(numbers: Sequence[str]) -> str:
    return f"{'action' if len(numbers) == 1 else 'actions'} {_some(numbers)}"


def _some(names: Sequence[str]) -> str:
    if len(names) <= _MOST:
        return listed(names)
    return f"{', '.join(names[:_MOST])} and {len(names) - _MOST} more"
