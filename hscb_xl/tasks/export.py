"""Exporting: a pack with a tab for every group, and a file for each group with its own actions only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hscb_xl.plan.bywhen import Due
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.names import Directory, Reconciled
from hscb_xl.plan.rag import Rating, letter
from hscb_xl.tasks.rate import days_shown
from hscb_xl.xlsx.records import Tab, TabRow
from hscb_xl.xlsx.safe import file_names

By = Literal["monitoring", "lead"]

WORDS: dict[By, str] = {"monitoring": "monitoring group", "lead": "lead"}
HEADINGS: dict[By, str] = {"monitoring": "Group", "lead": "Lead"}


@dataclass(frozen=True, slots=True)
class Report:
    """The files of an export, the pack first, and the numbers of actions that no group's file holds."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...]


def run(judgement: Judgement, title: str, by: By, out: Path, *, exceptions: bool = False) -> Report:
    """Write the pack and the single files into ``out``; files of other names there are not touched.

    An action with joint groups or leads goes to each of them, names being reconciled through Lists. With
    ``exceptions`` only actions with a red or amber rating, agreed or computed, are handed out.
    """
    from hscb_xl.xlsx.pack import write_pack, write_single  # XlsxWriter is for exports alone

    tabs = _tabs(judgement, by, exceptions)
    kind = kind_of(by, exceptions)
    pack = out / f"{kind}.xlsx"
    write_pack(pack, tabs, judgement.policy, judgement.today, title, HEADINGS[by])
    files = [pack]
    for tab, name in zip(tabs, file_names((tab.group for tab in tabs), ".xlsx"), strict=True):
        single = out / kind / name
        write_single(single, tab, judgement.policy, judgement.today, title)
        files.append(single)
    return Report(tuple(files), _left_out(judgement, by))


def kind_of(by: By, exceptions: bool) -> str:
    """What an export is called: the name of its pack, and of the folder with the single files."""
    return f"{'Exceptions' if exceptions else 'Actions'} by {WORDS[by]}"


def _tabs(judgement: Judgement, by: By, exceptions: bool) -> list[Tab]:
    """A tab for each listed name that has an action, in the order of Lists."""
    rows: dict[str, list[TabRow]] = {}
    for judged in judgement.rows():
        for name in _names(judged, by).names:
            rows.setdefault(name, [])
            if not exceptions or _is_exception(judged):
                rows[name].append(_row(judged))
    order = [listed.name for listed in _directory(judgement, by).listed]
    return [Tab(name, tuple(rows[name])) for name in order if name in rows]


def _directory(judgement: Judgement, by: By) -> Directory:
    return judgement.names.groups if by == "monitoring" else judgement.names.leads


def _names(judged: Judged, by: By) -> Reconciled:
    return judged.group if by == "monitoring" else judged.lead


def _left_out(judgement: Judgement, by: By) -> tuple[str, ...]:
    return tuple(
        judged.action.no_text or f"row {judged.action.row}"
        for judged in judgement.rows()
        if not _names(judged, by).names
    )


def _is_exception(judged: Judged) -> bool:
    return bool({letter(judged.action.agreed), judged.rated.rating} & {Rating.RED, Rating.AMBER})


def _row(judged: Judged) -> TabRow:
    action, rated = judged.action, judged.rated
    return TabRow(
        no=action.no,
        para=action.para_heading,
        reference=action.reference,
        area=action.area_heading,
        lead=action.lead,
        action=action.action,
        by_when=action.by_when,
        progress=action.progress,
        agreed=action.agreed,
        group=action.group,
        status=action.status,
        completed_on=action.completed_on,
        evidence=action.evidence,
        due=judged.due.date if isinstance(judged.due, Due) else None,
        auto=rated.rating.value if rated.rating else "",
        days=days_shown(judged),
        timing=rated.timing,
        agreement=judged.agreement,
        reason=rated.reason,
    )


def left_out_sentence(by: By, numbers: Sequence[str]) -> str:
    """What to say of actions that are in nobody's export."""
    return (
        f"In no export by {WORDS[by]}: {', '.join(numbers)}; "
        "their names are not on the sheet Lists (see the sheet Checks)."
    )
