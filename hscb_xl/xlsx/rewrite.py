"""Changing single parts of a package that was just written, every other part and the order kept."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

Edit = Callable[[bytes], bytes]

_OLDEST = (1980, 1, 1, 0, 0, 0)


def rewritten(package: bytes, edits: Mapping[str, Edit], added: Mapping[str, bytes] | None = None) -> bytes:
    """The zip ``package`` with each part named in ``edits`` changed by its edit, and ``added`` at its end.

    Dates and the writing system are fixed, so that the same parts give the same bytes everywhere. Raises
    KeyError for a part that is not there.
    """
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for missing in edits.keys() - set(old.namelist()):
            raise KeyError(missing)
        for name in old.namelist():
            content = old.read(name)
            new.writestr(_member(name), edits[name](content) if name in edits else content)
        for name, content in (added or {}).items():
            new.writestr(_member(name), content)
    return target.getvalue()


def without_full_calculation(workbook: bytes) -> bytes:
    """workbook.xml without the order to calculate on opening: there is nothing to calculate, and Excel
    would ask everybody who only looks at the file whether to save it.
    """
    return workbook.replace(b' fullCalcOnLoad="1"', b"")


def with_growing_rows(sheet: bytes) -> bytes:
    """A sheet whose rows keep the heights they were given and yet grow when somebody types more."""
    return sheet.replace(b' customHeight="1"', b"")


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _OLDEST)
    member.create_system = 0
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
