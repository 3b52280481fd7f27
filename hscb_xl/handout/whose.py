"""Who changed a file last, and when: what is said of a file that is not ours to replace."""

from datetime import datetime
from pathlib import Path

from hscb_xl.base.limits import Limits
from hscb_xl.base.shown import plainly
from hscb_xl.errors import PlanError
from hscb_xl.ooxml.book import customprops
from hscb_xl.ooxml.package.package import Package
from hscb_xl.plan.wording import written
from hscb_xl.xlsx.records import MARK

_LIMITS = Limits(part=4 << 20, whole=64 << 20)
"""What is read of a file of which only two properties are wanted."""
_LONGEST = 80
"""Characters of a name that are shown."""
NOBODY = "somebody"


def changed_by(path: Path) -> str:
    """Who saved a workbook last by its own account, else the owner of the file, else "somebody"."""
    return plainly(_saved_by(path) or _owner(path) or NOBODY)[:_LONGEST]


def changed_on(path: Path) -> str:
    """When a file was changed last, by this computer's clock: "12 May 2015 at 14:30"."""
    try:
        when = datetime.fromtimestamp(path.lstat().st_mtime)
    except (OSError, OverflowError, ValueError):  # a share may give a time that there is not
        return "an unknown day"
    return f"{written(when.date())} at {when:%H:%M}"


def is_export(path: Path) -> bool:
    """Whether a file is an export of this program, filled in or not; a chair's copy keeps the mark."""
    try:
        return MARK in customprops.texts(Package.open(path, _LIMITS))
    except PlanError:
        return False


def _saved_by(path: Path) -> str:
    try:
        package = Package.open(path, _LIMITS)
        part = package.related("", "core-properties")
        data, root = package.tree(part) if part is not None and part in package else (b"", None)
    except PlanError:  # no workbook, a damaged one, or one that is too large to look into
        return ""
    node = root.find("lastModifiedBy") if root else None
    return " ".join(node.text(data).split()) if node else ""


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except (OSError, KeyError, NotImplementedError):  # no such user here, or a system without owners
        return ""
