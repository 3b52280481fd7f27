"""What is said of files that an export found in its folder and left as they were."""

from collections.abc import Iterator
from pathlib import Path

from hscb_xl.base.shown import plainly
from hscb_xl.handout import whose
from hscb_xl.handout.decisions import Fate

_WHAT_TO_DO = "Bring what is new in it back into the plan, or move it to another folder, then export again."


def why_kept(path: Path, fate: Fate, plan: str) -> str:
    """Why a wanted file was not written over: whose it is, since when, and what to do."""
    left = f"{path} was left as it is:"
    if fate == "taken":
        return f"{left} there is a folder, a link or a device of that name. Move it, then export again."
    if fate == "foreign":
        return (
            f"{left} it is an export of another plan, {plainly(plan)}. "
            "Choose a folder of its own for the exports of each plan."
        )
    who, when = whose.changed_by(path), whose.changed_on(path)
    if fate == "changed":
        return f"{left} {who} changed it on {when}, after it was exported. {_WHAT_TO_DO}"
    made = " An earlier version of the program may have made it." if whose.is_export(path) else ""
    return (
        f"{left} the program did not write it there as it is now; {who} changed it last, on {when}."
        f"{made} {_WHAT_TO_DO}"
    )


def why_it_stays(path: Path) -> str:
    """What is said of a file of an earlier export that is no longer wanted and that somebody changed."""
    return (
        f"{path} is no longer part of this export and was left, because {whose.changed_by(path)} changed "
        f"it on {whose.changed_on(path)}. "
        "Bring what is new in it back into the plan, and move it to another folder."
    )


def stray(path: Path) -> Iterator[str]:
    """What is said of a file that looks like an export and is not one that we know."""
    if whose.is_export(path):
        yield (
            f"{path} lies among the exports and is not one of them: {whose.changed_by(path)} changed it "
            f"last, on {whose.changed_on(path)}. Move it to another folder before these files are sent."
        )
