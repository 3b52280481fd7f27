"""Saves a file so many times as other programs do, beside a process of ours; prints what it put and took out.

Every second save is made as Excel makes it, in a file of its own that takes the place of the other, and every
second in place. What a save took out is seen because the two files change places, which is a measuring
instrument: Excel does not look.
"""

import json
import random
import sys
import time
from pathlib import Path

from hscb_xl.store import swap

SIZE = 20_000


def state(number: int) -> bytes:
    """A state of its own of the outside writer, as large as all others."""
    return b"theirs %d " % number + bytes(SIZE)


def named(data: bytes) -> str:
    """What a state is called in the report: the words that it begins with."""
    return data[:24].partition(b"\0")[0].decode()


def by_renaming(book: Path, data: bytes) -> str:
    temporary = book.with_name("outside.tmp")
    temporary.write_bytes(data)
    assert swap.exchange(temporary, book)
    return named(temporary.read_bytes())


def in_place(book: Path, data: bytes) -> str:
    with book.open("r+b", buffering=0) as stream:
        before = named(stream.read())
        stream.seek(0)
        stream.write(data[: SIZE // 2])
        stream.write(data[SIZE // 2 :])
    return before


def main(book: Path, rounds: int) -> None:
    chance, saves = random.Random(20150512), []
    for number in range(rounds):
        data = state(number)
        saves.append((named(data), (in_place if number % 2 else by_renaming)(book, data)))
        time.sleep(chance.uniform(0, 0.004))
    print(json.dumps(saves))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
