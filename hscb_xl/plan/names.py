"""Leads and groups: the names a board uses, how else they are written, and who is meant."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from hscb_xl.errors import BadSetting
from hscb_xl.plan.likeness import LONGEST, alike


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the sheet Lists: a name, its other spellings and, for a lead, the group they chair."""

    name: str
    aliases: tuple[str, ...] = ()
    own_group: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Who a cell names. ``names`` are canonical (several where joint, none where unknown or blank).

    ``nearest`` is the listed name most like an unknown one, '' where none is near. ``variants`` are pairs
    (as written, canonical) for each part that is not written the canonical way, in joint cells too. A text
    that is ``too_long`` for a cell with names was compared with none.
    """

    kind: Literal["canonical", "variant", "joint", "unknown", "blank"]
    names: tuple[str, ...] = ()
    nearest: str = ""
    variants: tuple[tuple[str, str], ...] = ()
    too_long: bool = False


_Part = tuple[str, str]  # as written, canonical
_Lookup = Callable[[str], _Part | None]

_SEPARATOR = re.compile(r"\s*(?:[/&;+,\n]|\band\b)\s*", re.IGNORECASE)
_OFFICE = re.compile(r"(?:the\s+)?(?:chairs?|members?)\s+of\s+(?:the\s+)?", re.IGNORECASE)
_LIKE_ENOUGH = 0.6
_MOST_TEXT = 4 * LONGEST
"""Characters of a cell that can be names; a longer text is no name but one that is listed as it stands."""
_MOST_PARTS = 8
"""Unknown parts of a joint text that are compared with the list: an officer mends the first ones first."""


def normal(name: str) -> str:
    """A name as it is compared: case, spacing, "the" and punctuation do not matter, "&" is "and"."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("'", "").replace("’", "")
    text = re.sub(r"[&+]", " and ", text)
    text = re.sub(r"[\W_]+", " ", text)
    text = re.sub(r"\bsub ?group", "subgroup", text)
    return " ".join(word for word in text.split() if word != "the")


class Directory:
    """The names of one list (leads or groups), ready to reconcile what cells say with them.

    A name that is listed twice, in other capitals or spaces too, is one name, as it stands first; ``doubled``
    are these with how they stand the other time. Raises BadSetting where one spelling belongs to two names,
    or one lead chairs two groups.
    """

    def __init__(self, listed: Iterable[Listed]) -> None:
        self.listed, self.doubled = _merged(line for line in listed if line.name.strip())
        self._by_spelling: dict[str, str] = {}
        self._own_groups: dict[str, str] = {}
        for line in self.listed:
            self._add(line)
        self._names = frozenset(line.name.strip() for line in self.listed)
        spellings = (text for line in self.listed for text in (line.name, *line.aliases))
        pieces = (len(_pieces(text)) for text in spellings if len(text) <= LONGEST)
        self._most_pieces = max(pieces, default=1)
        self._near: dict[str, str] = {}

    def reconcile(self, text: str) -> Reconciled:
        """Who ``text`` names; the whole text is tried first, then its parts.

        Every part of a joint text has to be known: a match of some parts would drop the others unseen.
        """
        written = text.strip()
        if not written:
            return Reconciled("blank")
        if written in self._names:
            return Reconciled("canonical", (written,))
        if len(written) > _MOST_TEXT:
            return Reconciled("unknown", too_long=True)
        parts = self._whole(written) or self._joint(written)
        if not parts:
            return Reconciled("unknown", nearest=self._nearest(written))
        return _reconciled(written, parts)

    def own_group(self, lead: str) -> str:
        """The group that the canonical ``lead`` chairs, '' where the list names none."""
        return self._own_groups.get(self._by_spelling.get(normal(lead), lead), "")

    def _add(self, line: Listed) -> None:
        name = line.name.strip()
        for spelling in filter(None, map(normal, (name, *line.aliases))):
            owner = self._by_spelling.setdefault(spelling, name)
            if owner != name:
                raise BadSetting(
                    f'On the sheet Lists the spelling "{spelling}" belongs to both "{owner}" and "{name}"; '
                    "keep it with one of them."
                )
        if group := line.own_group.strip():
            self._own_groups[name] = group

    def _known(self, written: str) -> _Part | None:
        name = self._by_spelling.get(normal(written))
        return (written, name) if name else None

    def _without_office(self, written: str) -> _Part | None:
        """``written`` as a group named by its office: "Chair of the X" stands for the group X."""
        office = _OFFICE.match(written)
        return self._known(written[office.end() :]) if office else None

    def _whole(self, written: str) -> list[_Part]:
        part = self._known(written) or self._without_office(written)
        return [(written, part[1])] if part else []

    def _joint(self, written: str) -> list[_Part]:
        """The parts of a joint text, none where one of them is unknown.

        In a list of leads an office can be shared too: "Chairs of X and Y" are the Chair of X and of Y.
        """
        parts = self._divide(written, lambda part: self._known(part) or self._without_office(part))
        office = _OFFICE.match(written)
        if parts or not office:
            return parts
        return self._divide(written[office.end() :], self._with_chair)

    def _with_chair(self, written: str) -> _Part | None:
        part = self._known(f"Chair of {written}")
        return (written, part[1]) if part else None

    def _divide(self, text: str, look_up: _Lookup) -> list[_Part]:
        """``text`` cut into the fewest parts that are all known, [] where it cannot be.

        A separator may stand within a name ("Chair of Policy and Procedures"), so runs of pieces are tried.
        """
        pieces = _pieces(text)
        best: list[list[_Part] | None] = [None] * len(pieces) + [[]]
        for first in reversed(range(len(pieces))):
            for last in range(first, min(first + self._most_pieces, len(pieces))):
                rest = best[last + 1]
                part = None if rest is None else look_up(text[pieces[first][0] : pieces[last][1]])
                if rest is not None and part:
                    best[first] = min(best[first], [part, *rest], key=_length)
        return best[0] or []

    def _nearest(self, written: str) -> str:
        """The name most like the whole text or, where none is, like a part of it that is not known."""
        parts = (written[start:end] for start, end in _pieces(written))
        unknown = islice((part for part in parts if not self._known(part)), _MOST_PARTS)
        return next(filter(None, map(self._likest, (written, *unknown))), "")

    def _likest(self, written: str) -> str:
        """The name most like a text, worked out once however many rows have it; '' where none is near."""
        text = normal(written)
        if text not in self._near:
            close = alike(text, self._by_spelling, least=_LIKE_ENOUGH)
            self._near[text] = self._by_spelling[close[0]] if close else ""
        return self._near[text]


def _merged(lines: Iterable[Listed]) -> tuple[tuple[Listed, ...], tuple[tuple[str, str], ...]]:
    """The lines with those of one name put together, and the names that stand twice, with the second."""
    found: dict[str, Listed] = {}
    doubled = []
    for line in lines:
        key = normal(line.name) or line.name.strip()
        first = found.setdefault(key, line)
        if first is line:
            continue
        doubled.append((first.name.strip(), line.name.strip()))
        found[key] = replace(
            first,
            aliases=(*first.aliases, *line.aliases),
            own_group=_one_group(first, line),
        )
    return tuple(found.values()), tuple(doubled)


def _one_group(first: Listed, second: Listed) -> str:
    one, other = first.own_group.strip(), second.own_group.strip()
    if one and other and normal(one) != normal(other):
        raise BadSetting(
            f'On the sheet Lists "{first.name.strip()}" has two groups, "{one}" and "{other}"; '
            "keep one of them."
        )
    return one or other


def _length(parts: list[_Part] | None) -> float:
    return float("inf") if parts is None else len(parts)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the pieces between the separators of ``text`` start and end; empty pieces are left out."""
    separators = [match.span() for match in _SEPARATOR.finditer(text)]
    starts = [0, *(end for _, end in separators)]
    ends = [*(start for start, _ in separators), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _reconciled(written: str, parts: list[_Part]) -> Reconciled:
    names = tuple(dict.fromkeys(name for _, name in parts))
    if len(names) == 1:
        return Reconciled("variant", names, variants=((written, names[0]),))
    variants = tuple((part.strip(), name) for part, name in parts if part.strip() != name)
    return Reconciled("joint", names, variants=variants)
