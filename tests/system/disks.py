"""Disks that fail once, and a disk that loses at a power cut what was not flushed."""

import errno
import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest

from hscb_xl.store import swap

CALLS = [
    *(f"os.{name}" for name in ("open", "write", "fsync", "close", "chmod", "chown", "link", "replace")),
    *(f"os.{name}" for name in ("unlink", "mkdir", "scandir", "listdir", "setxattr", "removexattr")),
    "io.open",
    "fcntl.flock",
    "swap.exchange",
    "swap.claim",
]
UNDONE = {"os.open", "os.close", "os.scandir", "os.listdir", "io.open", "fcntl.flock"}
"""Calls that fail undone only: what they give is not there when they raise."""
ERRORS = {"ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES, "EIO": errno.EIO}
_MODULES = {"os": os, "io": io, "fcntl": fcntl, "swap": swap}


@contextmanager
def failing(folder: Path, at: int, code: int, *, done: bool) -> Iterator[list[str]]:
    """Let the system call number ``at``, counted from 0, that concerns ``folder`` fail once.

    With ``done`` it fails as on a network share, where it may have been done all the same. What is yielded
    names every call that was made. A close that fails leaves no handle.
    """
    made: list[str] = []
    ours: set[int] = set()

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def doing(*arguments: Any, **named: Any) -> Any:
            handle = arguments[0] if arguments and isinstance(arguments[0], int) else None
            if handle not in ours if handle is not None else not _within(folder, arguments):
                return call(*arguments, **named)
            made.append(name)
            fails = len(made) == at + 1
            if name == "os.close":
                ours.discard(arguments[0])
                call(*arguments)
            elif fails and done and name not in UNDONE:
                call(*arguments, **named)
            if fails:
                raise OSError(code, os.strerror(code))
            result = None if name == "os.close" else call(*arguments, **named)
            if name == "os.open":
                ours.add(result)
            return result

        return doing

    with pytest.MonkeyPatch.context() as patch:
        for dotted in CALLS:
            module, name = dotted.split(".")
            patch.setattr(_MODULES[module], name, wrapped(dotted, getattr(_MODULES[module], name)))
        yield made


def _within(folder: Path, arguments: tuple[Any, ...]) -> bool:
    return any(isinstance(a, str | Path) and Path(a).is_relative_to(folder) for a in arguments)


Names = dict[Path, "Node | None"]


@dataclass(eq=False)
class Node:
    """A file or a folder of the model; what is flushed is apart from what is only written."""

    folder: bool
    data: bytes = b""
    flushed: bytes | None = None
    names: dict[str, "Node"] = field(default_factory=dict)
    changes: list[dict[str, "Node | None"]] = field(default_factory=list)
    """Changes to the names of a folder that are not flushed, each of them done wholly or not at all."""


@dataclass
class Disk:
    """A folder on a disk, followed through the calls of a save, with every state after a power cut."""

    root: Path
    top: Node = field(default_factory=lambda: Node(folder=True))
    cuts: int = 0
    states: dict[frozenset[tuple[str, bytes | None]], None] = field(default_factory=dict)
    _handles: dict[int, Node] = field(default_factory=dict)
    _live: dict[Path, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._live[self.root] = self.top
        for path in sorted(self.root.rglob("*")):
            node = self._known(path)
            self._live[path.parent].names[path.name] = self._live[path] = node

    def _known(self, path: Path) -> Node:
        if path.is_dir():
            return Node(folder=True)
        return Node(folder=False, data=path.read_bytes(), flushed=path.read_bytes())

    def cut(self) -> None:
        """Note every state that the disk may be found in if the power fails now."""
        self.cuts += 1
        nodes = list(dict.fromkeys([*self._live.values(), *self._all(self.top)]))
        folders = [node for node in nodes if node.folder and node.changes]
        files = [node for node in nodes if not node.folder and node.flushed != node.data]
        for kept in product(*(_subsets(folder.changes) for folder in folders)):
            changed = dict(zip(map(id, folders), kept, strict=True))
            for torn in product(*(_torn(file) for file in files)):
                content = dict(zip(map(id, files), torn, strict=True))
                self.states[frozenset(_state(self.top, "", changed, content))] = None

    def _all(self, node: Node) -> Iterator[Node]:
        for change in [node.names, *node.changes]:
            for child in change.values():
                if child is not None:
                    yield child
                    yield from self._all(child)

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Follow every call that changes the folder, and cut the power after each."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("open", "write", "fsync", "close", "link", "replace", "unlink", "mkdir"):
                patch.setattr(os, name, self._following(getattr(os, name), getattr(self, f"_{name}")))
            patch.setattr(swap, "exchange", self._following(swap.exchange, self._exchange))
            self.cut()
            yield

    def _following(self, call: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
        def doing(*arguments: Any, **named: Any) -> Any:
            result = call(*arguments, **named)
            if isinstance(arguments[0], int) or Path(arguments[0]).is_relative_to(self.root):
                note(result, *(Path(a) if isinstance(a, str) else a for a in arguments))
                self.cut()
            return result

        return doing

    def _name(self, **changes: tuple[Path, Node | None]) -> None:
        paths = list(changes.values())
        for path, node in paths:
            self._live.pop(path, None)
            if node is not None:
                self._live[path] = node
        self._live[paths[0][0].parent].changes.append({path.name: node for path, node in paths})

    def _open(self, handle: int, path: Path, flags: int, *_: Any) -> None:
        if flags & os.O_CREAT and path not in self._live:
            self._name(new=(path, Node(folder=False)))
        self._handles[handle] = self._live[path]

    def _write(self, written: int, handle: int, data: Any) -> None:
        if handle in self._handles:
            self._handles[handle].data += bytes(data[:written])

    def _fsync(self, _: None, handle: int) -> None:
        node = self._handles[handle]
        node.flushed = node.data
        for change in node.changes:
            node.names = {name: n for name, n in {**node.names, **change}.items() if n is not None}
        node.changes.clear()

    def _close(self, _: None, handle: int) -> None:
        self._handles.pop(handle, None)

    def _link(self, _: None, source: Path, target: Path) -> None:
        self._name(new=(target, self._live[source]))

    def _replace(self, _: None, source: Path, target: Path) -> None:
        assert source.parent == target.parent
        node = self._live[source]
        self._name(old=(source, None), new=(target, node))

    def _exchange(self, done: bool, one: Path, other: Path) -> None:
        assert one.parent == other.parent
        if done:
            self._name(one=(one, self._live[other]), other=(other, self._live[one]))

    def _unlink(self, _: None, path: Path) -> None:
        self._name(old=(path, None))

    def _mkdir(self, _: None, path: Path, *__: Any) -> None:
        self._name(new=(path, Node(folder=True)))


def _subsets(changes: list[dict[str, Node | None]]) -> list[tuple[dict[str, Node | None], ...]]:
    return list(chain.from_iterable(combinations(changes, size) for size in range(len(changes) + 1)))


def _torn(file: Node) -> list[bytes]:
    return [file.flushed or b"", file.data[: len(file.data) // 2], file.data]


def _state(
    node: Node, name: str, changed: dict[int, Any], content: dict[int, bytes]
) -> Iterator[tuple[str, bytes | None]]:
    if not node.folder:
        yield name, content.get(id(node), node.data)
        return
    if name:
        yield name, None
    names: dict[str, Node | None] = dict(node.names)
    for change in changed.get(id(node), ()):
        names.update(change)
    for child, inner in names.items():
        if inner is not None:
            yield from _state(inner, f"{name}/{child}".lstrip("/"), changed, content)


def laid_out(state: frozenset[tuple[str, bytes | None]], folder: Path) -> None:
    """Make a state of the model real."""
    for name, data in sorted(state, key=lambda entry: entry[0]):
        if data is None:
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_bytes(data)
