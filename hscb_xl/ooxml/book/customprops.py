"""The custom properties of a file, ``docProps/custom.xml``, and the sensitivity label that they may hold."""

from hscb_xl.base.facts import PROPERTY, Label
from hscb_xl.base.limits import megabytes
from hscb_xl.errors import OverLimit
from hscb_xl.ooxml.package.package import Package

_LABEL = "classificationlabels"
_MOST = 1 << 20
"""Bytes of a label: real ones have some two thousand, and it goes into every export."""


def texts(package: Package) -> list[tuple[str, str]]:
    """The name and the text of each custom property, in the file's order."""
    part = package.related("", "custom-properties")
    if part is None or part not in package:
        return []
    data, root = package.tree(part)
    return [(node.attributes.get("name", ""), node.text(data)) for node in root.all("property")]


def label(package: Package) -> Label | None:
    """The sensitivity label of a file, None where it has none; OverLimit for one that is none by its size."""
    part = package.related("", _LABEL)
    info, ids = b"", []
    if part is not None and part in package:
        info, root = package.tree(part)
        found = [node for node in root.all("label") if node.is_on("enabled") and not node.is_on("removed")]
        ids = [node.attributes.get("id", "").strip("{}") for node in found]
    own = [(name, text) for name, text in texts(package) if name.casefold().startswith(PROPERTY.casefold())]
    size = len(info) + sum(len(name) + len(text) for name, text in own)
    if size > _MOST:
        raise OverLimit(
            f"{package.path.name} has a sensitivity label of {megabytes(size)}, which no label has: "
            "set the label again in Excel."
        )
    return Label(tuple(own), info, tuple(filter(None, ids))) if own or info else None
