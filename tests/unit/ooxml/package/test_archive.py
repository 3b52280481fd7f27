"""Zip files read by their directory and written back: what is not changed keeps its very bytes."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from hscb_xl.base.limits import Limits
from hscb_xl.errors import DamagedBook, OverLimit, UnsafeEdit
from hscb_xl.ooxml.package.archive import Archive

PARTS = {
    "a.xml": b"<a/>" * 50,
    "stored.bin": bytes(range(256)),
    "folder/ü.xml": b"<u/>" * 9,
    "z.xml": b"<z/>",
}


class Pipe(BytesIO):
    """A stream that cannot go back, so that zipfile writes data descriptors behind the members."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError("not seekable")


def written(stream: BytesIO, *, force_zip64: bool = False) -> bytes:
    with zipfile.ZipFile(stream, "w") as file:
        file.comment = b"made for a test"
        for name, data in PARTS.items():
            info = zipfile.ZipInfo(name, (2015, 5, 12, 10, 30, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "stored.bin" else zipfile.ZIP_DEFLATED
            info.comment = b"of " + name.encode()
            info.extra = b"\xfe\xca\x02\x00ok"
            with file.open(info, "w", force_zip64=force_zip64) as member:
                member.write(data)
    return stream.getvalue()


MADE: dict[str, bytes] = {
    "plain": written(BytesIO()),
    "with descriptors": written(Pipe()),
    "with zip64 headers": written(BytesIO(), force_zip64=True),
    "with descriptors of zip64": written(Pipe(), force_zip64=True),
}
EVERY = pytest.mark.parametrize("data", MADE.values(), ids=MADE)


def member_bytes(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as file:
        starts = sorted([*(info.header_offset for info in file.infolist()), file.start_dir])
        start = file.getinfo(name).header_offset
    return data[start : starts[starts.index(start) + 1]]


@EVERY
def test_members_that_are_not_named_keep_their_bytes_and_their_order(data: bytes) -> None:
    changed = Archive(data).rewritten({"a.xml": b"<b/>", "new.xml": b"<n/>", "z.xml": None})
    with zipfile.ZipFile(BytesIO(changed)) as file:
        assert file.testzip() is None
        assert file.namelist() == ["a.xml", "stored.bin", "folder/ü.xml", "new.xml"]
        assert file.comment == b"made for a test"
        assert file.read("a.xml") == b"<b/>"
        assert file.getinfo("a.xml").date_time == (2015, 5, 12, 10, 30, 0)
        assert file.getinfo("folder/ü.xml").comment == "of folder/ü.xml".encode()
        assert file.getinfo("new.xml").date_time == (1980, 1, 1, 0, 0, 0)
    for name in ("stored.bin", "folder/ü.xml"):
        assert member_bytes(changed, name) == member_bytes(data, name)


@EVERY
def test_a_second_rewrite_changes_no_byte(data: bytes) -> None:
    changes = {"a.xml": b"<b/>", "z.xml": None}
    once = Archive(data).rewritten(changes)
    assert Archive(once).rewritten({"a.xml": b"<b/>"}) == once
    assert Archive(data).rewritten(changes) == once


@EVERY
def test_every_member_reads_as_it_was_written(data: bytes) -> None:
    assert {name: Archive(data).read(name) for name in PARTS} == PARTS


def test_bytes_before_the_first_member_stay() -> None:
    stream = BytesIO(b"#!prefix\n")
    stream.seek(0, 2)
    data = written(stream)
    changed = Archive(data).rewritten({"a.xml": b"<b/>"})
    assert changed.startswith(b"#!prefix\nPK")
    assert Archive(changed).read("z.xml") == PARTS["z.xml"]


def patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


PLAIN = MADE["plain"]
CENTRAL = PLAIN.index(b"PK\x01\x02")
END = PLAIN.rindex(b"PK\x05\x06")
DAMAGED: dict[str, Callable[[], bytes]] = {
    "cut short": lambda: PLAIN[:-40],
    "cut in the middle": lambda: PLAIN[: len(PLAIN) // 2],
    "no entry where one should be": lambda: patched(PLAIN, CENTRAL, b"PKxx"),
    "more entries than there are": lambda: patched(PLAIN, END + 8, struct.pack("<2H", 9, 9)),
    "fewer entries than there are": lambda: patched(PLAIN, END + 8, struct.pack("<2H", 3, 3)),
    "no entries": lambda: patched(PLAIN, END + 8, struct.pack("<2H", 0, 0)),
    "a directory that ends early": lambda: PLAIN[:END] + b"more" + PLAIN[END:],
    "a comment cut short": lambda: PLAIN[:-1],
    "a part behind the directory": lambda: patched(PLAIN, CENTRAL + 42, struct.pack("<L", CENTRAL)),
    "a directory beyond the end": lambda: patched(PLAIN, END + 16, struct.pack("<L", len(PLAIN))),
    "a zip64 end that is not there": lambda: patched(PLAIN, END + 16, b"\xff" * 4),
    "a name that is not UTF-8": lambda: PLAIN.replace("ü".encode(), b"\xff\xfe"),
}


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_directory_is_said_to_be_one(make: Callable[[], bytes]) -> None:
    with pytest.raises(DamagedBook, match="restore a copy"):
        Archive(make())


@pytest.mark.parametrize("at", [20, 22, 24])
def test_a_damaged_member_is_said_to_be_one(at: int) -> None:
    start = PLAIN.index(b"folder/")
    data = patched(PLAIN, start + at, bytes([PLAIN[start + at] ^ 0xFF]))
    with pytest.raises(DamagedBook):
        Archive(data).read("folder/ü.xml")


def test_members_that_run_into_each_other_are_not_copied() -> None:
    first = PLAIN.index(b"PK\x01\x02") + 42
    second = PLAIN.index(b"PK\x01\x02", first) + 42
    data = patched(PLAIN, second, PLAIN[first : first + 4])
    with pytest.raises(DamagedBook, match="runs into the next"):
        Archive(data)


BEHIND = [
    ("a comment that looks like an end", struct.pack("<H", 26) + b"PK\x05\x06".ljust(26, b"-")),
    ("a comment that ends in its sign", struct.pack("<H", 6) + b"a PK\x05\x06"),
    ("bytes behind the comment", struct.pack("<H", 4) + b"note" + b"\r\n"),
    ("zeros to fill a block", struct.pack("<H", 0) + bytes(100)),
]


@pytest.mark.parametrize("behind", [case[1] for case in BEHIND], ids=[case[0] for case in BEHIND])
def test_what_stands_behind_the_directory_stays(behind: bytes) -> None:
    changed = Archive(PLAIN[: END + 20] + behind).rewritten({"a.xml": b"<b/>", "z.xml": None})
    assert changed.endswith(behind)
    assert {name: Archive(changed).read(name) for name in Archive(changed).members} == {
        "a.xml": b"<b/>",
        "stored.bin": PARTS["stored.bin"],
        "folder/ü.xml": PARTS["folder/ü.xml"],
    }


def test_a_file_without_members_takes_some() -> None:
    empty = Archive(b"PK\x05\x06" + bytes(18))
    assert Archive(empty.rewritten({"a.xml": b"<a/>"})).read("a.xml") == b"<a/>"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a.xml", "a.xml"), ("a/b.xml", "A\\B.xml")])
def test_two_parts_of_one_name_are_refused(names: tuple[str, str]) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, b"<a/>")
    with pytest.raises(UnsafeEdit, match="twice"):
        Archive(stream.getvalue())


def test_a_part_that_inflates_without_end_is_not_read() -> None:
    size = len(PARTS["a.xml"])
    with pytest.raises(OverLimit, match=r"the part a\.xml would grow to .* --max-inflated"):
        Archive(PLAIN, Limits(part=size - 1)).read("a.xml")
    assert Archive(PLAIN, Limits(part=size)).read("a.xml") == PARTS["a.xml"]


def test_an_encrypted_or_unusual_member_is_not_read(tmp_path: Path) -> None:
    encrypted = patched(PLAIN, CENTRAL + 8, b"\x01")
    with pytest.raises(UnsafeEdit, match="encrypted"):
        Archive(encrypted).read("a.xml")
    unusual = patched(PLAIN, CENTRAL + 10, b"\x0c")
    with pytest.raises(UnsafeEdit, match="unusual way"):
        Archive(unusual).read("a.xml")
