"""Files that are cut short or have wrong bytes end in an error of ours, never in another or in wrong data."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from hscb_xl.errors import DamagedBook, PlanError
from hscb_xl.ooxml.package.archive import Archive
from hscb_xl.ooxml.package.package import Package
from tests.lossless.mutations import zipped
from tests.unit.ooxml import made

PARTS = made.parts({"Plan": made.worksheet("<row/>" * 40)}) | {"xl/media/image1.png": bytes(range(256))}
SHEET = "xl/worksheets/sheet1.xml"
PLAIN = made.zipped(PARTS)


def variant(force_zip64: bool) -> bytes:
    """The same members with zip64 headers where they are forced, the last one stored."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in PARTS.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name.endswith("png") else zipfile.ZIP_DEFLATED
            with file.open(info, "w", force_zip64=force_zip64) as member:
                member.write(data)
    return stream.getvalue()


EVERY = pytest.mark.parametrize(
    "data", [PLAIN, variant(False), variant(True)], ids=["plain", "stored", "zip64"]
)


def used(data: bytes) -> bytes:
    """Everything that a program does with a file: every part read, one changed, one added, one left out."""
    package = Package(Path("plan.xlsx"), data)
    for name in package.names:
        package.read(name)
    package.write("xl/workbook.xml", b"<workbook/>")
    package.write("xl/new.xml", b"<new/>")
    package.remove("xl/media/image1.png")
    return package.to_bytes()


@EVERY
def test_a_file_cut_short_anywhere_is_damaged(data: bytes) -> None:
    for end in range(2, len(data)):
        with pytest.raises(DamagedBook):
            used(data[:end])


@EVERY
def test_wrong_bytes_are_harmless_or_end_in_an_error_of_ours(data: bytes) -> None:
    choose = random.Random(20150512)
    refused = 0
    for _ in range(3000):
        wrong = bytearray(data)
        for _ in range(choose.choice([1, 1, 2, 5])):
            wrong[choose.randrange(len(data))] = choose.choice([0, 1, 255, choose.randrange(256)])
        try:
            used(bytes(wrong))
        except PlanError:
            refused += 1
    assert refused > 1500


@EVERY
def test_a_flipped_bit_never_goes_into_what_is_read(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as file:
        info = file.getinfo(SHEET)
    start = data.index(SHEET.encode(), info.header_offset) + len(SHEET)
    start += int.from_bytes(data[info.header_offset + 28 : info.header_offset + 30], "little")
    harmless = 0
    for bit in range(8 * info.compress_size):
        wrong = bytearray(data)
        wrong[start + bit // 8] ^= 1 << bit % 8
        try:
            assert Archive(bytes(wrong)).read(SHEET) == PARTS[SHEET]
            harmless += 1
        except DamagedBook as problem:
            assert str(problem).startswith(f"the part {SHEET} is damaged")  # noqa: PT017
    assert harmless < 8, "only the bits that fill the last byte mean nothing"


IMAGE = "xl/media/image1.png"
SIZES = [0, 1, 1000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 1 << 19, 700_000]


def with_image(size: int, method: int) -> bytes:
    stream = BytesIO()
    content = random.Random(size).randbytes(size // 2) + bytes(size - size // 2)
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in {**PARTS, IMAGE: content}.items():
            file.writestr(name, data)
    return stream.getvalue()


def spoilt(data: bytes, at: int) -> bytes:
    """The bytes with one of the image's packed bytes the other way round."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        info = file.getinfo(IMAGE)
    start = info.header_offset + 30 + len(IMAGE)
    wrong = bytearray(data)
    wrong[start + at % info.compress_size] ^= 0x55
    return bytes(wrong)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_a_sound_part_that_nobody_reads_is_no_damage(size: int, method: int) -> None:
    assert Archive(with_image(size, method)).damaged() == []


@pytest.mark.parametrize("size", SIZES[2:])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
@pytest.mark.parametrize("at", [0, 17, 300])
def test_a_damaged_part_that_nobody_reads_is_told(size: int, method: int, at: int) -> None:
    package = Package(Path("plan.xlsx"), spoilt(with_image(size, method), at))
    package.write("xl/workbook.xml", b"<workbook/>")
    assert package.damaged() == [IMAGE]
    assert IMAGE in package.names
    package.write(IMAGE, b"another")
    assert package.damaged() == []


def test_what_was_read_is_not_looked_into_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(Archive, "_is_sound", lambda _, member: looked.append(member.name) is None)
    package = Package(Path("plan.xlsx"), PLAIN)
    for name in package.names[1:]:
        package.read(name)
    package.damaged()
    assert looked == [package.names[0]]


def test_a_bomb_is_not_looked_into() -> None:
    members = list({**PARTS, IMAGE: bytes(101 << 20)}.items())
    assert Archive(zipped(members)).damaged() == []
