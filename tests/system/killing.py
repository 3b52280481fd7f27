"""Saves in a loop in a child process and kills it, so many times, at random moments of a save."""

import json
import os
import random
import signal
import sys
import time
from itertools import count
from pathlib import Path
from statistics import median

import filelock

from hscb_xl.store import backups, locks
from hscb_xl.store.atomic import write_atomically

KEEP = 3
assert filelock  # loaded before the children, so that they begin to save at once


def save_for_ever(book: Path, states: list[bytes], begin: int) -> None:
    for number in count(begin):
        write_atomically(book, states[number % len(states)], read=book.read_bytes(), keep=KEEP)


def seconds_of_a_save(book: Path, states: list[bytes]) -> float:
    """How long a save takes on this machine."""
    seconds = []
    for state in states[1:]:
        begun = time.perf_counter()
        write_atomically(book, state, keep=KEEP)
        seconds.append(time.perf_counter() - begun)
    return median(seconds)


def killed_within(book: Path, states: list[bytes], chance: random.Random, seconds: float) -> bool:
    """Let a child save for up to so many seconds; whether it was killed while it had the lock."""
    child = os.fork()
    if child == 0:
        save_for_ever(book, states, chance.randrange(len(states)))
    time.sleep(chance.uniform(0.001, seconds))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return locks.lock_file(book).exists()


def main(folder: Path, wanted: int) -> None:
    chance = random.Random(20150512)
    states = [path.read_bytes() for path in sorted(folder.glob("*.state"))]
    known, book = set(states), folder / "plan.xlsm"
    book.write_bytes(states[0])
    others = {path.name for path in folder.iterdir()}
    seconds = 3 * seconds_of_a_save(book, states)
    report = dict.fromkeys(("kills", "torn", "lost", "uncleared", "with_temporary", "old", "new"), 0)
    while report["kills"] < wanted:
        before = book.read_bytes()
        if killed_within(book, states, chance, seconds):
            report["kills"] += 1
            report["with_temporary"] += any(path.suffix in (".tmp", ".ready") for path in folder.iterdir())
            report["old" if book.read_bytes() == before else "new"] += 1
        held = [book.read_bytes(), *(backup.path.read_bytes() for backup in backups.listed(book))]
        report["torn"] += not known.issuperset(held)
        present = held[0]
        write_atomically(book, next(s for s in states if s != present), read=present, keep=KEEP)
        report["lost"] += present not in [backup.path.read_bytes() for backup in backups.listed(book)]
        left = {path.name for path in folder.iterdir()} - others - {backups.FOLDER}
        report["uncleared"] += bool(left) + any(backups.folder(book).glob(".~*"))
    print(json.dumps(report))


main(Path(sys.argv[1]), int(sys.argv[2]))
