"""Packages made wrong: bytes flipped or cut, members moved or renamed, a directory that lies, odd XML.

Each function takes the bytes of a file and a source of chance, and gives the bytes of a wrong one.
"""

import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"]*)"')
ELEMENT = re.compile(rb"<(?![?!/])[^>]*>")
TAG = re.compile(rb"<(?![?!])[^>]*>")
TEXT = re.compile(rb">([^<>]+)<")
XML_NAMES = (".xml", ".rels", ".vml")

WRONG = [
    *(b"", b" ", b"0", b"-1", b"1", b"2", b"999999999999999999999", b"4294967296", b"1e999", b"NaN", b"-0"),
    *(b"A0", b"ZZZZ9", b"XFE1", b"A1048577", b"XFD1048576", b"A1:", b":A1", b"B9:A1", b"A1:B2:C3", b"A:A"),
    *(b"A1 B2 C3", b"$A$1", b"1:1", b"#REF!", b"R1C1", b"a1", b"x", b"true", b"\xd9\xa1", b"\xef\xbc\x91"),
    *(b"1_0", b"+1", b"0x1", b" 7 ", b"rId1", b"rId99", b"../../../../etc/passwd", b"/xl/workbook.xml"),
    *(b"..", b"\\\\host\\share", b"http://example.com/", b"_x0000_", b"_xD800_", b"_xZZZZ_", b"&#55357;"),
    *(b"&#0;", b"&unknown;", b"&amp;", b"\xff\xfe", b"2015-13-45T99:00:00", b"0001-01-01", b"s", b"e", b"d"),
    *(b"b", b"n", b"str", b"inlineStr", b"array", b"shared", b"dataTable", b"9" * 400, b"A" * 400),
]
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + depth, b"&%c;" % (97 + depth) * 10) for depth in range(12))
    + b"]>"
)


def flipped(data: bytes, choose: random.Random) -> bytes:
    """One to eight bits are the other way round, anywhere, more often in the directory than elsewhere."""
    wrong = bytearray(data)
    low = choose.choice([0, 0, max(0, len(data) - 2000)])
    for _ in range(choose.choice([1, 1, 2, 8])):
        wrong[choose.randrange(low, len(data))] ^= 1 << choose.randrange(8)
    return bytes(wrong)


def cut(data: bytes, choose: random.Random) -> bytes:
    """The end is missing, or a piece in the middle, or bytes stand in front or behind."""
    at, other = sorted(choose.randrange(len(data)) for _ in range(2))
    pieces = [data[:at], data[:at] + data[other:], bytes(7) + data, data + bytes(7), data + data[at:]]
    return choose.choice(pieces)


def lying(data: bytes, choose: random.Random) -> bytes:
    """One number of the directory, of its end or of a local header is another."""
    signs = [(b"PK\x01\x02", 46), (b"PK\x05\x06", 22), (b"PK\x03\x04", 30)]
    sign, length = choose.choice(signs)
    places = [match.start() for match in re.finditer(re.escape(sign), data)]
    at = choose.choice(places)
    wide = choose.random() < 0.5
    field = at + choose.randrange(4, length - 3)
    kind = "<L" if wide else "<H"
    most = 0xFFFFFFFF if wide else 0xFFFF
    before = struct.unpack_from(kind, data, field)[0]
    after = choose.choice([0, 1, most, most - 1, most // 2, before + 1, before - 1, before * 2, len(data)])
    wrong = bytearray(data)
    struct.pack_into(kind, wrong, field, after & most)
    return bytes(wrong)


def members_of(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


Packed = tuple[bytes, int, int]
"""What a member is in the file: packed bytes, and the checksum and the size that they claim."""


def packed(content: bytes) -> Packed:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(), zlib.crc32(content), len(content)


def zipped(members: list[tuple[str, bytes]], instead: Mapping[str, Packed] | None = None) -> bytes:
    """A zip file of these members, two of one name included; ``instead`` has some packed already."""
    out, entries, offset = [], [], 0
    for name, content in members:
        data, crc, size = (instead or {}).get(name) or packed(content)
        raw = name.encode()
        numbers = (crc, len(data), size, len(raw), 0)
        out.append(struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, *numbers) + raw + data)
        entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *numbers, 0, 0, 0, 0, offset)
        entries.append(entry + raw)
        offset += len(out[-1])
    directory = b"".join(entries)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(out), len(out), len(directory), offset, 0)
    return b"".join(out) + directory + end


def moved(data: bytes, choose: random.Random) -> bytes:
    """Members change places or contents, take another name, stand there twice or go."""
    members = members_of(data)
    one, other = choose.randrange(len(members)), choose.randrange(len(members))
    (name, content), (other_name, other_content) = members[one], members[other]
    how = choose.randrange(6)
    if how == 0:
        members[one], members[other] = members[other], members[one]
    elif how == 1:
        members[one], members[other] = (name, other_content), (other_name, content)
    elif how == 2:
        renamed = [name.upper(), name.replace("/", "\\"), "/" + name, "x" + name, name + " ", other_name, ""]
        members[one] = (choose.choice(renamed), content)
    elif how == 3:
        members.append((choose.choice([name, name.upper(), name.replace("/", "\\")]), content))
    elif how == 4:
        del members[one]
    else:
        choose.shuffle(members)
    return zipped(members)


def odd_xml(data: bytes, choose: random.Random) -> bytes:
    """The XML of one member is changed, and its checksum is right."""
    members = members_of(data)
    places = [at for at, (name, _) in enumerate(members) if name.endswith(XML_NAMES)]
    weights = [8 if "sheet" in members[at][0] or "workbook" in members[at][0] else 2 for at in places]
    at = choose.choices(places, weights)[0]
    name, content = members[at]
    for _ in range(choose.choice([1, 1, 2])):
        content = choose.choice(XML_CHANGES)(content, choose)
    members[at] = (name, content)
    return zipped(members)


def _one(pattern: re.Pattern[bytes], content: bytes, choose: random.Random) -> tuple[int, int, int]:
    """The span of one match and of its last group; the empty end where nothing matches."""
    found = list(pattern.finditer(content))
    if not found:
        return len(content), len(content), len(content)
    match = choose.choice(found)
    return match.start(), match.start(match.re.groups), match.end(match.re.groups)


def wrong_value(content: bytes, choose: random.Random) -> bytes:
    _, start, end = _one(ATTRIBUTE, content, choose)
    return content[:start] + choose.choice(WRONG) + content[end:]


def wrong_text(content: bytes, choose: random.Random) -> bytes:
    _, start, end = _one(TEXT, content, choose)
    return content[:start] + choose.choice(WRONG) + content[end:]


def less_or_more(content: bytes, choose: random.Random) -> bytes:
    """An attribute is missing or stands there twice."""
    whole, _, end = _one(ATTRIBUTE, content, choose)
    end += 1
    return content[:whole] + (content[whole:end] * choose.choice([0, 0, 2])) + content[end:]


def tags_moved(content: bytes, choose: random.Random) -> bytes:
    """A tag is missing, doubled, or has changed places with another."""
    found = list(TAG.finditer(content))
    if len(found) < 2:
        return content
    one, other = sorted(choose.sample(range(len(found)), 2))
    (a, b), (c, d) = found[one].span(), found[other].span()
    kinds = [
        content[:a] + content[b:],
        content[:b] + content[a:],
        content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:],
        content[:a] + content[d:],
        content[:d] + content[a:],
    ]
    return choose.choice(kinds)


def element_copied(content: bytes, choose: random.Random) -> bytes:
    """A whole element stands a second time, or somewhere else, or is gone."""
    found = list(ELEMENT.finditer(content))
    if len(found) < 2:
        return content
    tag = choose.choice(found[1:])
    name = re.match(rb"<([\w:.-]+)", tag[0])
    end = tag.end()
    if not tag[0].endswith(b"/>") and name:
        close = content.find(b"</" + name[1] + b">", end)
        end = close + len(name[1]) + 3 if close >= 0 else end
    piece = content[tag.start() : end]
    rest = content[: tag.start()] + content[end:]
    at = choose.choice([match.start() for match in TAG.finditer(rest)])
    return choose.choice([rest, content[:end] + piece + content[end:], rest[:at] + piece + rest[at:]])


def put_in(content: bytes, choose: random.Random) -> bytes:
    """Something that parsers stumble over stands between two tags."""
    depth = choose.choice([300, 20_000])
    things = [
        b"<!-- <c r='A1'/> -->",
        b'<![CDATA[<c r="A1"><v>1</v></c>]]>',
        b'<?x <row r="1"> ?>',
        b"<y>" * depth + b"</y>" * depth,
        b"<y>" * depth,
        b"<undeclared:y/>",
        b'<y xmlns=""/>',
        b"\xff\xfe\xfa",
        b"\0",
        b"\xed\xa0\x80",
        b"&entity;",
        b"]]>",
        b"<" + b"y" * 70_000 + b"/>",
        b'<y a="' + b"&lt;" * 9_000 + b'"/>',
    ]
    found = [match.start() for match in TAG.finditer(content)] or [0]
    at = choose.choice(found)
    return content[:at] + choose.choice(things) + content[at:]


def another_encoding(content: bytes, choose: random.Random) -> bytes:
    text = content.decode(errors="replace")
    body = re.sub(r"^\s*<\?xml.*?\?>", "", text)
    return choose.choice(
        [
            content.decode(errors="replace").encode("utf-16"),
            body.encode("utf-16-be"),
            b'<?xml version="1.0" encoding="iso-8859-1"?>' + body.encode("latin-1", "replace"),
            b'<?xml version="1.0" encoding="utf-7"?>' + body.encode(),
            b'<?xml version="1.0" encoding="no-such"?>' + body.encode(),
            b'<?xml version="1.1"?>' + body.encode(),
            b"\xef\xbb\xbf" + content,
            b"\n " + content,
            b"",
            b"<a/>",
        ]
    )


def document_type(content: bytes, choose: random.Random) -> bytes:
    match = ELEMENT.search(content)
    at = match.start() if match else 0
    external = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    return content[:at] + choose.choice([LAUGHS, external, b"<!DOCTYPE a>"]) + content[at:]


def broken_off(content: bytes, choose: random.Random) -> bytes:
    return content[: choose.randrange(len(content) + 1)]


Change = Callable[[bytes, random.Random], bytes]
XML_CHANGES: list[Change] = [
    *[wrong_value] * 6,
    *[wrong_text] * 2,
    *[less_or_more] * 2,
    *[tags_moved] * 2,
    *[element_copied] * 2,
    put_in,
    another_encoding,
    document_type,
    broken_off,
]
CHANGES: list[Change] = [flipped, cut, lying, moved, *[odd_xml] * 6]
KEEPS_CONTENT: tuple[Change, ...] = (flipped, lying)
"""Changes after which a value that can be read at all must be the one that stood there."""
