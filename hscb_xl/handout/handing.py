"""Handing out files into a folder that other people write to: decided, remembered, done, and told.

What will be written is noted before the first file is replaced, so that after a crash at any point the next
run knows the files that are ours and still keeps those that somebody changed.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from hscb_xl.errors import BookChanged, BookLocked, OutputProblem
from hscb_xl.handout import decisions, manifest
from hscb_xl.handout.decisions import Step, digest
from hscb_xl.handout.manifest import Entry
from hscb_xl.store import disk, locks, source
from hscb_xl.store.atomic import write_atomically
from hscb_xl.store.backups import FOLDER

EARLIER = "earlier"
_MOST_STRAYS = 200
"""Files of unknown names that are looked into: each has to be opened."""
_FAILED = (BookLocked, BookChanged, OutputProblem, OSError)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file (or the whole folder) that was left as it was, and the sentence that says why and what to do."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A file of an earlier export that this one no longer holds, and where it lies now."""

    path: Path
    to: Path

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return f"{self.path} is no longer part of this export and was moved to {self.to}."


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an export: ``files`` are as they should be now, those of ``written`` since this run.

    ``told`` are sentences on files that lie there and are not part of this export.
    """

    files: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()
    kept: tuple[Kept, ...] = ()
    moved: tuple[Moved, ...] = ()
    told: tuple[str, ...] = ()


def hand_out(folder: Path, data: Mapping[str, bytes], plan: Path | None, own: str) -> Done:
    """Write ``data`` (by names in ``folder``) where nothing of anybody else stands, and clear away after it.

    ``plan`` is the workbook that they are made from: they are opened by nobody whom its permissions keep out,
    and files of another plan are not touched. Files of this plan that lie in the folder ``own`` and are no
    longer among them are moved to ``.hscb_xl/earlier``. Nothing is raised for a file that cannot be written.
    """
    work = _Work(folder, data, plan, own)
    try:
        source.refuse_folder(folder)
        work.look()
        if not work.is_needed:
            return work.told(Done(work.same()))
        with _alone(folder):
            work.look()  # another run may have been at it meanwhile
            return work.done()
    except _FAILED as problem:
        left = Kept(folder, f"No export was written to {folder}. {_reason(folder, problem)}")
        return Done(work.same(), kept=(left, *work.kept()))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs of this program from writing to the folder."""
    ours = folder / FOLDER
    if ours.is_symlink():
        raise OutputProblem(f"{ours} is a link, and nothing is written where it leads: remove the link.")
    disk.make_folder(ours)
    with locks.held(ours / "exports"):
        yield


class _Work:
    """One export on its way into its folder."""

    def __init__(self, folder: Path, data: Mapping[str, bytes], plan: Path | None, own: str) -> None:
        self._folder, self._data, self._path, self._own = folder, data, plan, own
        self._plan = manifest.name_of(plan, folder)
        self._wanted = {name: digest(content) for name, content in data.items()}
        self._when = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._aside: Path | None = None
        self._known: dict[str, Entry] = {}
        self._mine: set[str] = set()
        self._damaged = False
        self._steps: tuple[Step, ...] = ()

    def look(self) -> None:
        """Look at the folder and decide; nothing is changed."""
        found = manifest.read(self._folder)
        self._known, self._damaged = found or {}, found is None
        self._mine = {self._plan, *manifest.orphaned(self._folder, self._known.values())}
        left = (n for n, e in self._known.items() if e.plan in self._mine and n.startswith(f"{self._own}/"))
        seen = decisions.look(self._folder, {*self._wanted, *left})
        self._steps = decisions.decide(self._wanted, seen, self._known, self._mine, self._own)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to write, to move or to remember."""
        return any(step.fate in ("write", "aside") for step in self._steps) or self._noted() != self._known

    def same(self) -> tuple[Path, ...]:
        """The files that are as they should be already."""
        return tuple(self._folder / step.name for step in self._steps if step.fate == "same")

    def kept(self) -> tuple[Kept, ...]:
        """The files that are somebody else's, with what to do."""
        return tuple(Kept(self._folder / s.name, text) for s in self._steps if (text := self._why_kept(s)))

    def done(self) -> Done:
        """Do what was decided; the files that are ours are remembered before and after."""
        told = [self._put_damaged_aside()] if self._damaged else []
        self._remember(self._intended())
        tried = {step.name: self._written(step) for step in self._steps if step.fate == "write"}
        moved = {step.name: self._moved(step) for step in self._steps if step.fate == "aside"}
        told += [each for each in moved.values() if isinstance(each, str)]
        failed = {name for name, each in tried.items() if each}
        try:
            self._remember(
                self._final(failed, {name for name, each in moved.items() if isinstance(each, str)})
            )
        except _FAILED as problem:  # the note made before still holds for all of them
            told.append(_reason(manifest.place(self._folder), problem))
        written = tuple(self._folder / name for name in tried if name not in failed)
        there = {*self.same(), *written}
        done = Done(
            files=tuple(self._folder / name for name in self._data if self._folder / name in there),
            written=written,
            kept=tuple(each for each in tried.values() if each),
            moved=tuple(each for each in moved.values() if isinstance(each, Moved)),
            told=tuple(told),
        )
        return self.told(done)

    def told(self, done: Done) -> Done:
        """What was done with all that there is to say of the files that were left."""
        stay = [self._stays(step) for step in self._steps if step.fate == "stays"]
        open_to = [text for path in self.same() if (text := self._held(path))]
        told = (*done.told, *stay, *self._strays(), *open_to)
        return replace(done, kept=(*self.kept(), *done.kept), told=told)

    def _noted(self) -> dict[str, Entry]:
        """The manifest with those that are the same already: they are ours, whoever wrote them."""
        noted = dict(self._known)
        for step in self._steps:
            entry = noted.get(step.name)
            if step.fate == "same" and (entry is None or entry.plan in self._mine):
                noted[step.name] = self._entry(entry, step.before)
        return noted

    def _intended(self) -> dict[str, Entry]:
        """The manifest while files are being replaced: the new digest, and the one that stands there."""
        intended = self._noted()
        for step in self._steps:
            if step.fate == "write":
                both = dict.fromkeys(filter(None, (self._wanted[step.name], step.before)))
                intended[step.name] = Entry(self._plan, tuple(both), self._when)
        return intended

    def _final(self, failed: Collection[str], stayed: Collection[str]) -> dict[str, Entry]:
        """The manifest of what stands there now, when some could not be written and some not be moved."""
        final = self._noted()
        there = decisions.look(self._folder, failed)
        for step in self._steps:
            written = step.name not in failed or there[step.name].digest == self._wanted[step.name]
            if step.fate == "write" and written:
                final[step.name] = Entry(self._plan, (self._wanted[step.name],), self._when)
            elif step.fate in ("aside", "gone") and step.name not in stayed:
                final.pop(step.name, None)
        return final

    def _entry(self, known: Entry | None, only: str) -> Entry:
        same = known is not None and known.digests == (only,) and known.plan == self._plan
        return known if known and same else Entry(self._plan, (only,), self._when)

    def _remember(self, files: Mapping[str, Entry]) -> None:
        if files != manifest.read(self._folder):
            manifest.write(self._folder, files)

    def _written(self, step: Step) -> Kept | None:
        target = self._folder / step.name
        try:
            old = target.read_bytes() if step.before else None
            if old is not None and digest(old) != step.before:
                raise BookChanged(f"{target} was changed by somebody else meanwhile: export again.")
            write_atomically(target, self._data[step.name], read=old, new=old is None, within=self._path)
        except _FAILED as problem:
            return Kept(target, _reason(target, problem))
        return None

    def _moved(self, step: Step) -> Moved | str:
        """Move a file that is ours where nobody mails from; a sentence where it has to stay."""
        path = self._folder / step.name
        try:
            locks.refuse_if_open(path)
            if decisions.look(self._folder, [step.name])[step.name].digest != step.before:
                return self._stays(step)
            return Moved(path, self._put_aside(path, step.name))
        except _FAILED as problem:
            reason = _reason(path, problem)
            return f"{path} is no longer part of this export and could not be moved aside. {reason}"

    def _put_aside(self, path: Path, name: str) -> Path:
        if self._aside is None:
            self._aside = _new_folder(self._folder / FOLDER / EARLIER)
        to = self._aside / name
        disk.make_folder(to.parent)
        path.rename(to)
        disk.sync_folder(to.parent)
        return to

    def _put_damaged_aside(self) -> str:
        place = manifest.place(self._folder)
        to = self._put_aside(place, place.name)
        return f"{place} was damaged or is not this program's, and was moved to {to}."

    def _why_kept(self, step: Step) -> str:
        if step.fate not in ("changed", "unknown", "foreign", "taken"):
            return ""
        from hscb_xl.handout import sentences

        entry = self._known.get(step.name)
        return sentences.why_kept(self._folder / step.name, step.fate, entry.plan if entry else "")

    def _stays(self, step: Step) -> str:
        from hscb_xl.handout import sentences

        return sentences.why_it_stays(self._folder / step.name)

    def _strays(self) -> Iterator[str]:
        """What lies among the exports, looks like one, and is none that we know."""
        own = self._folder / self._own
        known = {self._folder / name for name in (*self._data, *self._known)}
        try:
            unknown = list(islice((path for path in decisions.books(own) if path not in known), _MOST_STRAYS))
        except OSError as problem:
            yield f"{own} cannot be looked through ({problem.strerror or problem}): look what else is there."
            return
        if unknown:
            from hscb_xl.handout import sentences

            yield from (told for path in sorted(unknown) for told in sentences.stray(path))

    def _held(self, path: Path) -> str:
        """Take from a file that is there already what the plan's permissions have come to forbid."""
        try:
            if self._path is not None and sys.platform != "win32":
                disk.hold_within(path, self._path)
        except OSError as problem:
            reason = problem.strerror or problem
            return f"{path} may be open to more people than the plan, and its permissions stay ({reason})."
        return ""


def _new_folder(above: Path) -> Path:
    """A folder of its own for this moment, as backups have their time in their names (UTC)."""
    disk.make_folder(above)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")[:-3] + "Z"
    for number in range(1, 1_000):
        folder = above / (stamp if number == 1 else f"{stamp}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise OutputProblem(f"No new folder can be made in {above}: look what fills it.")


def _reason(path: Path, problem: Exception) -> str:
    if isinstance(problem, OSError):
        reason = (problem.strerror or str(problem)).rstrip(".")
        return f"{path} cannot be written ({reason}): close it where it is open, or choose another folder."
    return str(problem)
