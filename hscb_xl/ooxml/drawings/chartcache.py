"""What a chart part remembers of the cells it is drawn from."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from hscb_xl.ooxml.drawings import charttree
from hscb_xl.ooxml.xml.spans import Edit, escape_text, splice, storable
from hscb_xl.ooxml.xml.tree import Node

_REFERENCES: Final = frozenset({"strRef", "numRef"})


def set_cached(data: bytes, values: Callable[[str], Sequence[object] | None]) -> bytes:
    """The part with the values of its cells written into it, for viewers that do not recalculate.

    ``values`` gives the cells of a reference in order, None for an empty one; where it returns None
    instead of a list, what is cached stays.
    """
    edits = []
    for node in _reference_nodes(charttree.chart_of(data)):
        formula = node.find("f")
        found = values(formula.text(data).strip()) if formula else None
        if found is not None:
            edits += _cache(data, node, found)
    return splice(data, edits)


def _reference_nodes(chart: Node) -> Iterator[Node]:
    """Every strRef and numRef that a title or a series is drawn from."""
    for owner in (*chart.all("title"), *charttree.all_series(chart)):
        for source in owner.children:
            yield from (kind for kind in source.children if kind.local in _REFERENCES)


def _cache(data: bytes, node: Node, values: Sequence[object]) -> list[Edit]:
    """The edit that makes the cache of one reference hold these values, none if it does."""
    kind, words = ("numCache", _number) if node.local == "numRef" else ("strCache", _words)
    points = {index: text for index, value in enumerate(values) if (text := words(value))}
    old = node.find(kind)
    if old and _cached(data, old) == (len(values), points):
        return []
    code = old and old.find("formatCode")
    form = escape_text(code.text(data)) if code else b"General"
    xml = b'<c:%s>%s<c:ptCount val="%d"/>%s</c:%s>' % (
        kind.encode(),
        b"<c:formatCode>%s</c:formatCode>" % form if kind == "numCache" else b"",
        len(values),
        b"".join(b'<c:pt idx="%d"><c:v>%s</c:v></c:pt>' % (i, escape_text(t)) for i, t in points.items()),
        kind.encode(),
    )
    return [charttree.replace(old, xml) if old else charttree.insert(data, node, kind, xml)]


def _cached(data: bytes, cache: Node) -> tuple[int, dict[int, str]]:
    """How many cells a cache speaks for, and the value of each that is not empty."""
    points = {}
    for point in cache.all("pt"):
        text = "".join(value.text(data) for value in point.all("v"))
        points[point.number("idx")] = _as_cached(text) if cache.local == "numCache" else text
    count = cache.find("ptCount")
    return count.number("val", 0) if count else 0, points


def _as_cached(text: str) -> str:
    """A number in the spelling of our caches; any other text as it is, so that it is renewed."""
    try:
        return _number(float(text))
    except ValueError:
        return text


def _number(value: object) -> str:
    """A number as the cache holds it; empty for what a bar cannot show."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return ""
    return f"{value:.15g}"


def _words(value: object) -> str:
    """A cell's value as an axis or a legend shows it, without control characters; empty for an empty cell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    return "" if value is None else storable(str(value))
