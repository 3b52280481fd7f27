"""Adds 1 to a cell of a workbook, so many times, beside another process that does the same."""

import json
import sys
import time
from pathlib import Path

from hscb_xl.engine import open_book, save_book
from hscb_xl.errors import BookChanged, BookLocked

DEADLINE = 60
"""Seconds to wait for the other process to begin."""


def add_one(book: Path, name: str) -> bool:
    opened = open_book(str(book))
    cells = opened.sheets["Plan"]
    cells["A5"].value += 1
    cells["K5"].value = name
    try:
        return save_book(opened, book, keep=2)
    except (BookChanged, BookLocked):
        return False
    finally:
        opened.close()


def wait_for_both(ready: Path, name: str) -> None:
    (ready / name).touch()
    end = time.monotonic() + DEADLINE
    while len(list(ready.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.001)


def main(book: Path, times: int, ready: Path, name: str) -> None:
    wait_for_both(ready, name)
    done = refused = 0
    while done < times:
        if add_one(book, name):
            done += 1
        else:
            refused += 1
    print(json.dumps({"refused": refused}))


main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
