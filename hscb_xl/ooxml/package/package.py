"""An OPC package: its parts, their content types and relationships, read and changed without loss."""

import posixpath
from contextlib import AbstractContextManager
from pathlib import Path

from hscb_xl.base.limits import Limits
from hscb_xl.errors import (
    DamagedBook,
    EncryptedBook,
    NotAWorkbook,
    OverLimit,
    UnsafeEdit,
)
from hscb_xl.ooxml.package import foreign, opc
from hscb_xl.ooxml.package.archive import Archive, Content, joined
from hscb_xl.ooxml.package.located import Saying
from hscb_xl.ooxml.package.opc import Relationship as Relationship
from hscb_xl.ooxml.xml import tree as xmltree
from hscb_xl.store import source
from hscb_xl.store.atomic import write_atomically

CONTENT_TYPES = "[Content_Types].xml"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """A package read from a file; changes stay in memory until ``save``."""

    def __init__(self, path: Path, data: bytes, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._load(path, data, _archive(path, data, self.limits))

    def _load(self, path: Path, data: bytes, archive: Archive) -> None:
        self.path = path
        self._original = data
        self._archive = archive
        self._changes: dict[str, Content | None] = {}
        self._names = {opc.folded(name): name for name in self._archive.members}
        self._trees: dict[str, tuple[bytes, xmltree.Node]] = {}
        self._relationships: dict[str, list[Relationship]] = {}

    @classmethod
    def open(cls, path: Path, limits: Limits | None = None) -> "Package":
        """The package at ``path``.

        A BookNotFound, NotAWorkbook, EncryptedBook, DamagedBook, BookChanged or OverLimit otherwise.
        """
        limits = limits or Limits()
        return cls(path, source.read(path, limits.whole), limits)

    def hold_to(self, limits: Limits) -> None:
        """Read no more than these limits allow from now on; OverLimit where the parts would be more."""
        self.limits = limits
        with self.naming():
            self._archive.hold_to(limits)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the file's order."""
        kept = [name for name in self._archive.members if self._changes.get(name, b"") is not None]
        added = [
            n for n, data in self._changes.items() if data is not None and n not in self._archive.members
        ]
        return (*kept, *added)

    @property
    def changed(self) -> bool:
        """Whether saving would write another file than was read."""
        return bool(self._changes)

    def __contains__(self, name: str) -> bool:
        return self._actual(name) is not None

    def read(self, name: str) -> bytes:
        """A part's bytes as they are now; names are found whatever their case or slashes."""
        actual = self._actual(name)
        if actual is None:
            raise DamagedBook(
                f"{self.path.name}: the part {name} is missing; open the file in Excel and repair it."
            )
        changed = self._changes.get(actual)
        if changed is not None:
            return joined(changed)
        with self.naming():
            return self._archive.read(actual)

    def checksum(self, name: str) -> tuple[int, int] | None:
        """The checksum and size of a part as the file has them; None for one that is not there."""
        member = self._archive.members.get(self._actual(name) or "")
        return (member.crc, member.size) if member else None

    def damaged(self) -> list[str]:
        """The parts that a save would copy as they are although they are damaged: nobody has read them."""
        return self._archive.damaged(self._changes)

    def tree(self, name: str) -> tuple[bytes, xmltree.Node]:
        """A part's bytes and its root element, parsed once until the part is written."""
        actual = self._actual(name) or name
        if actual not in self._trees:
            data = self.read(name)
            with self.naming(name):
                self._trees[actual] = data, xmltree.kept(data)
        return self._trees[actual]

    def naming(self, place: str = "") -> AbstractContextManager[None]:
        """Say in an error about the content of a part which file, and which part or sheet, it is in."""
        return Saying(self.path.name, place)

    def write(self, name: str, data: Content) -> None:
        """Set a part's bytes, whole or in pieces; what was read, set again, is no change."""
        actual = self._actual(name) or name.lstrip("/")
        self._names[opc.folded(actual)] = actual
        self._forget(actual)
        if actual in self._archive.members and self._is_original(actual, data):
            self._changes.pop(actual, None)
        else:
            self._changes[actual] = data

    def remove(self, name: str) -> None:
        """Leave a part out, with its relationships and its content type."""
        actual = self._actual(name)
        if actual is None:
            return
        self._drop(actual)
        self.write(CONTENT_TYPES, opc.untyped(*self.tree(CONTENT_TYPES), actual))
        own = self._actual(opc.relationships_name(actual))
        if own is not None:
            self._drop(own)

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of ``part`` ('' for those of the package itself)."""
        actual = self._actual(opc.relationships_name(part))
        if actual is None:
            return []
        if actual not in self._relationships:
            base, (_, root) = posixpath.dirname(part), self.tree(actual)
            found = [opc.relationship(node, base) for node in root.all("Relationship")]
            self._relationships[actual] = found
        return list(self._relationships[actual])

    def target(self, part: str, identity: str | None) -> str:
        """The part that a relationship of ``part`` leads to; DamagedBook where it leads nowhere."""
        for relationship in self.relationships(part):
            if relationship.id == identity and relationship.target in self:
                return relationship.target
        raise DamagedBook(
            f"{self.path.name}: the part {part} refers to {identity}, which is not there; "
            "open the file in Excel and repair it."
        )

    def related(self, part: str, kind: str) -> str | None:
        """The first part that ``part`` relates to with a relationship of ``kind``."""
        for relationship in self.relationships(part):
            if relationship.kind == kind and not relationship.external:
                return relationship.target
        return None

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship from ``part`` to the part ``target``; its new id."""
        name = opc.relationships_name(part)
        if name not in self:
            self.write(name, opc.EMPTY_RELATIONSHIPS)
        data, root = self.tree(name)
        identity, more = opc.related(
            data, root, type_, posixpath.relpath(target, posixpath.dirname(part) or ".")
        )
        self.write(name, more)
        return identity

    def unrelate(self, part: str, target: str) -> None:
        """Take out the relationships from ``part`` to the part ``target``."""
        name = opc.relationships_name(part)
        self.write(name, opc.unrelated(*self.tree(name), posixpath.dirname(part), target))

    def draft(self) -> "Package":
        """The package once more: changes to it count when they are adopted."""
        other = object.__new__(Package)
        for name, value in vars(self).items():
            setattr(other, name, dict(value) if isinstance(value, dict) else value)
        return other

    def adopt(self, draft: "Package") -> None:
        """Take over every change of a draft of this package."""
        vars(self).update(vars(draft))

    def content_type(self, part: str) -> str | None:
        """The content type of a part, by its own name or by its extension."""
        return opc.content_type(self.tree(CONTENT_TYPES)[1], part)

    def set_content_type(self, part: str, content_type: str) -> None:
        """Declare the content type of a new part."""
        if self.content_type(part) == content_type:
            return
        self.write(CONTENT_TYPES, opc.typed(*self.tree(CONTENT_TYPES), part, content_type))

    def fresh_name(self, pattern: str) -> str:
        """The first free part name of ``pattern``, such as "xl/tables/table{}.xml"."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def to_bytes(self) -> bytes:
        """The whole file as it would be saved."""
        if not self._changes:
            return self._original
        if any(name.lower().startswith("_xmlsignatures/") for name in self.names):
            raise UnsafeEdit(
                f"{self.path.name} is digitally signed and any change would break the signature: "
                "remove the signature in Excel (File, Info) or work on a copy."
            )
        return self._archive.rewritten(self._changes)

    def save(self, target: Path, keep: int = 0) -> bool:
        """Write the file to ``target`` in one step; False when it already held these bytes.

        ``keep`` is how many backups there are to be. Raises BookChanged when the original is to be replaced
        and is no longer the file that was read, or no longer there; OverLimit, before anything is written,
        when the file has grown over what may be read; and what ``write_atomically`` raises.
        """
        data = self.to_bytes()
        archive = _archive(target, data, self.limits)
        read = self._original if _same_file(target, self.path) else None
        written = write_atomically(target, data, read=read, keep=keep)
        self._load(target, data, archive)
        return written

    def _actual(self, name: str) -> str | None:
        return self._names.get(opc.folded(name))

    def _forget(self, actual: str) -> None:
        self._trees.pop(actual, None)
        self._relationships.pop(actual, None)

    def _is_original(self, actual: str, data: Content) -> bool:
        with self.naming():
            return self._archive.holds(actual, data)

    def _drop(self, actual: str) -> None:
        self._forget(actual)
        if actual in self._archive.members:
            self._changes[actual] = None
        else:
            del self._changes[actual]
        del self._names[opc.folded(actual)]


def _same_file(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _archive(path: Path, data: bytes, limits: Limits) -> Archive:
    if data.startswith(_COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedBook(
                f"{path.name} has a password to open: remove it in Excel (File, Info, Protect)."
            )
        raise NotAWorkbook(foreign.of_compound(path.name, data))
    if not data.startswith(b"PK"):
        raise NotAWorkbook(foreign.of_bytes(path.name, data))
    try:
        archive = Archive(data, limits)
    except (DamagedBook, UnsafeEdit, OverLimit) as problem:
        raise type(problem)(f"{path.name}: {problem}") from None
    if CONTENT_TYPES.lower() not in (name.lower() for name in archive.members):
        raise NotAWorkbook(foreign.of_zip(path.name, archive.members, archive.read))
    return archive
