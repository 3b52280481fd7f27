"""An OPC package: its parts, their content types and relationships, read and changed without loss."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hscb_xl.errors import (
    BookChanged,
    BookNotFound,
    DamagedBook,
    EncryptedBook,
    NotAWorkbook,
    UnsafeEdit,
)
from hscb_xl.files import write_atomically
from hscb_xl.ooxml import spans, xmltree
from hscb_xl.ooxml.archive import Archive

CONTENT_TYPES = "[Content_Types].xml"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE_RELATIONSHIPS = b"http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="' + _PACKAGE_RELATIONSHIPS + b'"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part; ``target`` is a part's name, or an address where ``external``."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, the same in transitional and strict files ("worksheet")."""
        return self.type.rpartition("/")[2]


class Package:
    """A package read from a file; changes stay in memory until ``save``."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._load(path, data)

    def _load(self, path: Path, data: bytes) -> None:
        self.path = path
        self._original = data
        self._archive = _archive(path, data)
        self._changes: dict[str, bytes | None] = {}
        self._names = {_folded(name): name for name in self._archive.members}

    @classmethod
    def open(cls, path: Path) -> "Package":
        """The package at ``path``; a BookNotFound, NotAWorkbook, EncryptedBook or DamagedBook otherwise."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise BookNotFound(f"There is no file {path}: check the name and the folder.") from None
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise BookNotFound(f"{path} cannot be read ({reason}).") from problem
        return cls(path, data)

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
            return changed
        with self.naming():
            return self._archive.read(actual)

    def tree(self, name: str) -> tuple[bytes, xmltree.Node]:
        """A part's bytes and its root element."""
        data = self.read(name)
        with self.naming(name):
            return data, xmltree.parse(data)

    @contextmanager
    def naming(self, place: str = "") -> Iterator[None]:
        """Say in an error about the content of a part which file, and which part or sheet, it is in."""
        try:
            yield
        except (DamagedBook, UnsafeEdit) as problem:
            if self.path.name in str(problem):  # it was said where more of it was known
                raise
            where = f"{self.path.name}, {place}" if place else self.path.name
            raise type(problem)(f"{where}: {problem}") from problem

    def write(self, name: str, data: bytes) -> None:
        """Set a part's bytes; what was read, set again, is no change."""
        actual = self._actual(name) or name.lstrip("/")
        self._names[_folded(actual)] = actual
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
        self._drop_content_type(actual)
        own = self._actual(relationships_name(actual))
        if own is not None:
            self._drop(own)

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of ``part`` ('' for those of the package itself)."""
        name = relationships_name(part)
        if name not in self:
            return []
        base = posixpath.dirname(part)
        return [_relationship(node, base) for node in self.tree(name)[1].all("Relationship")]

    def related(self, part: str, kind: str) -> str | None:
        """The first part that ``part`` relates to with a relationship of ``kind``."""
        for relationship in self.relationships(part):
            if relationship.kind == kind and not relationship.external:
                return relationship.target
        return None

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship from ``part`` to the part ``target``; its new id."""
        name = relationships_name(part)
        if name not in self:
            self.write(name, _EMPTY_RELATIONSHIPS)
        data, root = self.tree(name)
        identity = _free_id({node.attributes.get("Id", "") for node in root.children})
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        tag = b'<%sRelationship Id="%s" Type="%s" Target="%s"/>' % (
            _prefix(root),
            identity.encode(),
            spans.escape_attribute(type_),
            spans.escape_attribute(relative),
        )
        self.write(name, spans.splice(data, [spans.append_child(data, root, tag)]))
        return identity

    def unrelate(self, part: str, target: str) -> None:
        """Take out the relationships from ``part`` to the part ``target``."""
        name = relationships_name(part)
        data, root = self.tree(name)
        base = posixpath.dirname(part)
        edits = [
            (node.start, node.end, b"")
            for node in root.all("Relationship")
            if _folded(_relationship(node, base).target) == _folded(target)
        ]
        self.write(name, spans.splice(data, edits))

    def content_type(self, part: str) -> str | None:
        """The content type of a part, by its own name or by its extension."""
        _, root = self.tree(CONTENT_TYPES)
        by_name = {node.attributes.get("PartName", "").lower(): node for node in root.all("Override")}
        by_extension = {node.attributes.get("Extension", "").lower(): node for node in root.all("Default")}
        node = by_name.get("/" + _folded(part)) or by_extension.get(part.rpartition(".")[2].lower())
        return node.attributes.get("ContentType") if node else None

    def set_content_type(self, part: str, content_type: str) -> None:
        """Declare the content type of a new part."""
        if self.content_type(part) == content_type:
            return
        data, root = self.tree(CONTENT_TYPES)
        tag = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (
            _prefix(root),
            spans.escape_attribute(part),
            spans.escape_attribute(content_type),
        )
        self.write(CONTENT_TYPES, spans.splice(data, [spans.append_child(data, root, tag)]))

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

    def save(self, target: Path) -> bool:
        """Write the file to ``target`` in one step; False when it already held these bytes.

        Raises BookChanged when the original is to be replaced and is no longer the file that was read, or
        no longer there.
        """
        data = self.to_bytes()
        if _same_file(target, self.path):
            self._refuse_changed_file()
        written = write_atomically(target, data)
        self._load(target, data)
        return written

    def _refuse_changed_file(self) -> None:
        try:
            unchanged = self.path.read_bytes() == self._original
        except FileNotFoundError:
            raise BookChanged(
                f"{self.path} was moved or deleted meanwhile: look for it, or run the command on a copy."
            ) from None
        if not unchanged:
            raise BookChanged(f"{self.path} was changed by somebody else meanwhile: run the command again.")

    def _actual(self, name: str) -> str | None:
        return self._names.get(_folded(name))

    def _is_original(self, actual: str, data: bytes) -> bool:
        with self.naming():
            return self._archive.read(actual) == data

    def _drop(self, actual: str) -> None:
        if actual in self._archive.members:
            self._changes[actual] = None
        else:
            del self._changes[actual]
        del self._names[_folded(actual)]

    def _drop_content_type(self, part: str) -> None:
        data, root = self.tree(CONTENT_TYPES)
        edits = [
            (node.start, node.end, b"")
            for node in root.all("Override")
            if node.attributes.get("PartName", "").lower() == "/" + _folded(part)
        ]
        self.write(CONTENT_TYPES, spans.splice(data, edits))


def relationships_name(part: str) -> str:
    """The name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _relationship(node: xmltree.Node, base: str) -> Relationship:
    target = node.attributes.get("Target", "")
    external = node.attributes.get("TargetMode", "").lower() == "external"
    if not external:
        target = posixpath.normpath(posixpath.join("/", base, target.replace("\\", "/"))).lstrip("/")
    return Relationship(node.attributes.get("Id", ""), node.attributes.get("Type", ""), target, external)


def _prefix(root: xmltree.Node) -> bytes:
    """The prefix, with its colon, that new children of ``root`` carry to be in its namespace."""
    return f"{root.prefix}:".encode() if root.prefix else b""


def _free_id(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _same_file(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _archive(path: Path, data: bytes) -> Archive:
    if data.startswith(_COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedBook(
                f"{path.name} has a password to open: remove it in Excel (File, Info, Protect)."
            )
        raise NotAWorkbook(f"{path.name} is an old .xls file: save it as .xlsx or .xlsm in Excel first.")
    if not data.startswith(b"PK"):
        raise NotAWorkbook(f"{path.name} is not an Excel workbook: give a file saved as .xlsx or .xlsm.")
    try:
        archive = Archive(data)
    except (DamagedBook, UnsafeEdit) as problem:
        raise type(problem)(f"{path.name}: {problem}") from None
    if CONTENT_TYPES.lower() not in (name.lower() for name in archive.members):
        raise NotAWorkbook(f"{path.name} is a zip file but not an Excel workbook.")
    return archive
