"""Plans that somebody made to do harm: the workbook as it is built, and one thing in it changed."""

import os
import re
import socket
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from tests.lossless.mutations import zipped

BUILT = Path(__file__).resolve().parents[2] / "workbook" / "ImprovementPlan.xlsm"
PLAN = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"
BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
OF_BOOK = "xl/_rels/workbook.xml.rels"
OF_PLAN = "xl/worksheets/_rels/sheet1.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEGABYTE = 1 << 20
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SHARE = "\\\\evil\\share\\a"

Make = Callable[[Path], Path]
"""Makes the case in a folder; the path that is given to the command."""


@cache
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BUILT) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put(data: bytes, folder: Path, name: str = "plan.xlsm") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def with_parts(*changes: tuple[str, str, str], more: Callable[[], dict[str, bytes]] = dict) -> Make:
    """The plan with patterns in parts replaced once each, and with more parts."""

    def make(folder: Path) -> Path:
        members = {**parts(), **more()}
        for part, pattern, new in changes:
            found = re.search(pattern.encode(), members[part], re.DOTALL)
            assert found, (part, pattern)
            members[part] = (
                members[part][: found.start()] + found.expand(new.encode()) + members[part][found.end() :]
            )
        return put(zipped([*members.items()]), folder)

    return make


def before(part: str, tag: str, new: str) -> Make:
    """The plan with something in front of the first such tag of a part."""
    return with_parts((part, re.escape(tag), new.replace("\\", r"\\") + tag))


def rows_of_nothing(number: int) -> Make:
    return before(PLAN, "</sheetData>", "".join(f'<row r="{row}"/>' for row in range(31, 31 + number)))


def rows_of_the_plan(number: int) -> Make:
    """The last action again and again."""

    def make(folder: Path) -> Path:
        members = dict(parts())
        last = members[PLAN].rindex(b"<row ")
        row = members[PLAN][last : members[PLAN].index(b"</sheetData>")].split(b"30")
        again = b"".join((b"%d" % at).join(row) for at in range(31, 31 + number))
        members[PLAN] = members[PLAN].replace(b"</sheetData>", again + b"</sheetData>")
        members[TABLE] = re.sub(rb'ref="(A4:[A-Z]+)30"', rb'ref="\g<1>%d"' % (30 + number), members[TABLE])
        return put(zipped([*members.items()]), folder)

    return make


def table_down_to(row: int, part: str = TABLE) -> Make:
    return with_parts((part, r'ref="([A-Z]+[0-9]+:[A-Z]+)[0-9]+"', rf'ref="\g<1>{row}"'))


def named(name: str, meaning: str) -> Make:
    """The plan with a defined name of ours that stands for something else."""
    pattern = f'(<definedName name="{name}"[^>]*>)[^<]*'
    return with_parts((BOOK, pattern, rf"\g<1>{meaning}"))


def cell(address: str, text: str) -> Make:
    """The plan with a text in one cell that is there."""
    content = f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    pattern = rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'
    return with_parts((PLAN, pattern, content.replace("\\", r"\\")))


def sheets(number: int) -> Make:
    empty = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    places = range(100, 100 + number)
    return with_parts(
        (
            BOOK,
            "</sheets>",
            "".join(f'<sheet name="x{n}" sheetId="{n}" r:id="x{n}"/>' for n in places) + "</sheets>",
        ),
        (
            OF_BOOK,
            "</Relationships>",
            "".join(related(f"x{n}", "worksheet", f"worksheets/x{n}.xml") for n in places)
            + "</Relationships>",
        ),
        (
            TYPES,
            "</Types>",
            "".join(f'<Override PartName="/xl/worksheets/x{n}.xml" ContentType="{kind}"/>' for n in places)
            + "</Types>",
        ),
        more=lambda: {f"xl/worksheets/x{n}.xml": empty for n in places},
    )


def tables(number: int) -> Make:
    def table(n: int) -> bytes:
        return (
            f'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="{n}" name="q{n}" '
            f'displayName="q{n}" ref="Z{n}:Z{n + 1}"><tableColumns count="1"><tableColumn id="1" name="a"/>'
            "</tableColumns></table>"
        ).encode()

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
    places = range(900, 900 + 2 * number, 2)
    return with_parts(
        (PLAN, "</tableParts>", "".join(f'<tablePart r:id="q{n}"/>' for n in places) + "</tableParts>"),
        (
            OF_PLAN,
            "</Relationships>",
            "".join(related(f"q{n}", "table", f"../tables/q{n}.xml") for n in places) + "</Relationships>",
        ),
        (
            TYPES,
            "</Types>",
            "".join(f'<Override PartName="/xl/tables/q{n}.xml" ContentType="{kind}"/>' for n in places)
            + "</Types>",
        ),
        more=lambda: {f"xl/tables/q{n}.xml": table(n) for n in places},
    )


def names(number: int) -> Make:
    each = (f'<definedName name="n{n}">Plan!$A$1</definedName>' for n in range(number))
    return before(BOOK, "</definedNames>", "".join(each))


def formats(number: int) -> Make:
    each = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    uncounted = (STYLES, '<cellXfs count="[0-9]+"', "<cellXfs")
    return with_parts(uncounted, (STYLES, "</cellXfs>", each * number + "</cellXfs>"))


def links(number: int) -> Make:
    """Relationships to places on a share."""
    each = (related(f"y{n}", "hyperlink", f"{SHARE}{n}", "External") for n in range(number))
    return before(OF_PLAN, "</Relationships>", "".join(each))


def rules(number: int) -> Make:
    rule = '<cfRule type="cellIs" priority="9" operator="equal"><formula>1</formula></cfRule>'
    each = f'<conditionalFormatting sqref="Z9">{rule}</conditionalFormatting>'
    return before(PLAN, "<conditionalFormatting", each * number)


def texts(number: int) -> Make:
    return before(TEXTS, "</sst>", "<si><t>x</t></si>" * number)


def with_doctype(part: str, root: str) -> Make:
    return with_parts((part, f"<{root}", DOCTYPE + f"<{root}"))


def sheet_at(target: str) -> Make:
    """The plan's sheet elsewhere."""
    return with_parts((OF_BOOK, 'Target="worksheets/sheet1.xml"', target.replace("\\", r"\\")))


def related(identity: str, kind: str, target: str, mode: str = "Internal") -> str:
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


@cache
def blanks(times: int) -> tuple[bytes, int, int]:
    """So many megabytes of blanks, packed, with their checksum and size; quick to make."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(times):
        crc = zlib.crc32(b" " * MEGABYTE, crc)
    return piece * times + packer.flush(), crc, times * MEGABYTE


def texts_without_end(folder: Path) -> Path:
    """Ninety megabytes of short texts in a small file."""
    head, tail = parts()[TEXTS].rsplit(b"</sst>", 1)
    piece = b"<si><t>x</t></si>" * 60_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first, again = (packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH) for text in (head, piece))
    data = first + again * 90 + packer.compress(b"</sst>" + tail) + packer.flush()
    crc = zlib.crc32(b"</sst>" + tail, zlib.crc32(piece * 90, zlib.crc32(head)))
    size = len(head) + len(piece) * 90 + len(tail) + 6
    return put(zipped([*parts().items()], {TEXTS: (data, crc, size)}), folder)


def many_blank_parts(folder: Path) -> Path:
    """Five parts that are each not too large to be read, and are together."""
    more = {f"xl/media/b{n}.bin": blanks(60) for n in range(5)}
    return put(zipped([*parts().items(), *((name, b"") for name in more)], more), folder)


def a_sheet_of_blanks(megabytes: int, stated: int | None = None) -> Make:
    """A sheet that is a zip bomb; the directory calls it as small as ``stated`` bytes."""

    def make(folder: Path) -> Path:
        data, crc, size = blanks(megabytes)
        return put(
            zipped([*parts().items()], {PLAN: (data, crc, size if stated is None else stated)}), folder
        )

    return make


def a_large_plan(folder: Path) -> Path:
    """A part of two megabytes that is not blank, so that it is no bomb either."""
    noise = b"".join(b"<!--%d-->" % (n * 2_654_435_761 % 2**32) for n in range(150_000))
    return put(zipped([*parts().items(), ("xl/theme/theme9.xml", noise)]), folder)


def a_large_file(folder: Path) -> Path:
    """A file of a terabyte, most of it a hole."""
    path = put(BUILT.read_bytes(), folder)
    os.truncate(path, 1 << 40)
    return path


def traversing(folder: Path) -> Path:
    """Members whose names lead out of wherever somebody unpacks them."""
    stream = BytesIO(BUILT.read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        for name in (
            "../../evil.txt",
            "/tmp/hscb-evil.txt",
            "..\\evil.txt",
            "C:\\evil.txt",
            "xl/../../../evil.txt",
        ):
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, b"evil")
    return put(stream.getvalue(), folder)


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def listener(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)  # the address of such a socket may not be long
        try:
            made.bind("plan.xlsx")
        finally:
            os.chdir(here)
    return folder / "plan.xlsx"


def linked_to(target: str) -> Make:
    def make(folder: Path) -> Path:
        (folder / "plan.xlsx").symlink_to(target)
        return folder / "plan.xlsx"

    return make


def called(name: str | bytes, data: bytes | None = None) -> Make:
    """A file of that name; the plan, unless its bytes are given."""

    def make(folder: Path) -> Path:
        path = folder / os.fsdecode(name)
        path.write_bytes(BUILT.read_bytes() if data is None else data)
        return path

    return make


def deep(folder: Path) -> Path:
    """The plan at the end of a path of more than 300 characters."""
    below = folder.joinpath(*["ordinary folder name " + "x" * 80] * 3)
    below.mkdir(parents=True)
    return put(BUILT.read_bytes(), below)


def only_named(name: str) -> Make:
    return lambda folder: folder / name
