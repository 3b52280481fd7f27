"""Which sheets two states of a workbook differ in, told without unpacking their cells."""

from hscb_xl.ooxml.book.workbook import Workbook


def sheets(earlier: Workbook, later: Workbook) -> tuple[str, ...]:
    """The names of the sheets that are not in both states, or not stored as the same bytes, in their order.

    A sheet's texts, formats, notes and charts lie in parts of their own: where only those differ, a sheet
    counts as the same.
    """
    before, after = _stored(earlier), _stored(later)
    names = dict.fromkeys([*after, *before])
    return tuple(name for name in names if before.get(name) != after.get(name))


def _stored(workbook: Workbook) -> dict[str, tuple[int, int] | None]:
    """The checksum and size of each sheet's part, as the directory of the file has them."""
    return {entry.name: workbook.package.checksum(entry.target) for entry in workbook.sheets}
