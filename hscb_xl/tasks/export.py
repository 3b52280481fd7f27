"""Exporting: a pack with a tab for every group, and a file for each group with its own actions only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hscb_xl.handout import manifest
from hscb_xl.handout.handing import Kept, Moved, hand_out
from hscb_xl.plan.deadlines.bywhen import Due
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.names import Directory, Reconciled
from hscb_xl.plan.rag import Rating, letter
from hscb_xl.plan.wording import counted, listed
from hscb_xl.tasks.origin import NOWHERE, Origin
from hscb_xl.tasks.rate import days_shown
from hscb_xl.xlsx.records import Tab, TabRow
from hscb_xl.xlsx.safe import file_names

By = Literal["monitoring", "lead"]

WORDS: dict[By, str] = {"monitoring": "monitoring group", "lead": "lead"}
HEADINGS: dict[By, str] = {"monitoring": "Group", "lead": "Lead"}


@dataclass(frozen=True, slots=True)
class Report:
    """The files of an export, the pack first, and the numbers of actions that no group's file holds.

    ``files`` are as they should be now, ``written`` those of them that this run wrote; ``kept`` is what it
    left because somebody else's work stands there or because it could not be written. ``hidden`` are the
    numbers of actions in the files that are hidden in the plan. ``told`` are sentences on other files there.
    """

    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    written: tuple[Path, ...] = ()
    kept: tuple[Kept, ...] = ()
    moved: tuple[Moved, ...] = ()
    told: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    memory: Path | None = None
    """What the program remembers of the folder by (the manifest)."""


def run(
    judgement: Judgement,
    title: str,
    by: By,
    out: Path,
    *,
    exceptions: bool = False,
    origin: Origin = NOWHERE,
) -> Report:
    """Hand the pack and the single files out into ``out``, over nothing that anybody else wrote there.

    An action with joint groups or leads goes to each of them, names being reconciled through Lists. With
    ``exceptions`` only actions with a red or amber rating, agreed or computed, are handed out. ``origin`` is
    the workbook that the plan stands in: its label, its links and its permissions are those of the exports.
    """
    left_out, kind = _left_out(judgement, by), kind_of(by, exceptions)
    if origin.problem:
        return Report((), left_out, kept=(Kept(out, f"No export was written to {out}. {origin.problem}"),))
    tabs = _tabs(judgement, by, exceptions, origin)
    done = hand_out(out, _drawn(tabs, judgement, title, by, exceptions, origin), origin.path, kind)
    return Report(
        files=done.files,
        left_out=left_out,
        written=done.written,
        kept=done.kept,
        moved=done.moved,
        told=done.told,
        hidden=_hidden(judgement, by, exceptions, origin),
        memory=manifest.place(out),
    )


def _drawn(
    tabs: Sequence[Tab], judgement: Judgement, title: str, by: By, exceptions: bool, origin: Origin
) -> dict[str, bytes]:
    """The bytes of each file by its name in the folder of the exports, the pack first."""
    from hscb_xl.xlsx.pack import pack, single  # XlsxWriter is for exports alone
    from hscb_xl.xlsx.tab import Cover

    kind, cover = kind_of(by, exceptions), Cover(title, judgement.today, judgement.policy, exceptions)
    stems = (f"Exceptions – {tab.group}" if exceptions else tab.group for tab in tabs)
    singles = {
        f"{kind}/{name}": single(tab, cover, origin.label)
        for tab, name in zip(tabs, file_names(stems, ".xlsx"), strict=True)
    }
    return {f"{kind}.xlsx": pack(tabs, cover, HEADINGS[by], origin.label), **singles}


def kind_of(by: By, exceptions: bool) -> str:
    """What an export is called: the name of its pack, and of the folder with the single files."""
    return f"{'Exceptions' if exceptions else 'Actions'} by {WORDS[by]}"


def _tabs(judgement: Judgement, by: By, exceptions: bool, origin: Origin) -> list[Tab]:
    """A tab for each listed name that has an action, in the order of Lists."""
    rows: dict[str, list[Judged]] = {}
    for judged in judgement.rows():
        for name in _names(judged, by).names:
            rows.setdefault(name, []).append(judged)
    order = [line.name for line in _directory(judgement, by).listed]
    return [_tab(name, rows[name], exceptions, origin) for name in order if name in rows]


def _tab(name: str, everything: Sequence[Judged], exceptions: bool, origin: Origin) -> Tab:
    shown = [judged for judged in everything if _is_shown(judged, exceptions)]
    rows = tuple(_row(judged, origin.links.get(judged.action.row, "")) for judged in shown)
    return Tab(name, rows, len(everything) if exceptions else None)


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


def _hidden(judgement: Judgement, by: By, exceptions: bool, origin: Origin) -> tuple[str, ...]:
    return tuple(
        judged.action.no_text or f"row {judged.action.row}"
        for judged in judgement.rows()
        if judged.action.row in origin.hidden and _names(judged, by).names and _is_shown(judged, exceptions)
    )


def _is_shown(judged: Judged, exceptions: bool) -> bool:
    if not exceptions:
        return True
    return bool({letter(judged.action.agreed), judged.rated.rating} & {Rating.RED, Rating.AMBER})


def _row(judged: Judged, link: str) -> TabRow:
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
        evidence_link=link,
    )


def left_out_sentence(by: By, numbers: Sequence[str]) -> str:
    """What to say of actions that are in nobody's export."""
    return (
        f"In no export by {WORDS[by]}: {', '.join(numbers)}; "
        "their names are not on the sheet Lists (see the sheet Checks)."
    )


def hidden_sentence(numbers: Sequence[str]) -> str:
    """What to say of actions that an export holds although nobody sees them in the plan."""
    are = "is" if len(numbers) == 1 else "are"
    return (
        f"{counted(len(numbers), 'action')} in the exports {are} hidden in the plan by a filter or by hand: "
        f"No {listed(numbers)}."
    )


def remarks(done: Report, by: By) -> tuple[str, ...]:
    """All that there is to say of an export beside the files that it wrote, what was kept first."""
    return (
        *(kept.sentence for kept in done.kept),
        *(moved.sentence for moved in done.moved),
        *done.told,
        *([hidden_sentence(done.hidden)] if done.hidden else []),
        *([left_out_sentence(by, done.left_out)] if done.left_out else []),
    )
