"""The streams of a VBA project as [MS-OVBA] writes them; the section is named at each.

No compiled code is written: every program that opens the project compiles it from its text.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["document", "standard", "class"]

CODE_PAGE = 1252
ENCODING = f"cp{CODE_PAGE}"
NO_CACHE = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)
"""The stream _VBA_PROJECT (2.3.4.1): compiled code of no known version, so none of it is used."""

_CHUNK = 4096
_SHORTEST = 3
"""Bytes that a repetition has at least."""
_COMPRESSED, _RAW = 0xB000, 0x3000
"""A chunk's flag and signature; the other twelve bits are its size less three."""
_PROJECT = "VBAProject"
_GUID = "{8A3D5E42-6C1F-4B97-9D20-71E8B4C6F053}"
"""The project's own id, the same in every build."""
_SEED = 0x8D
_CRYPT_VERSION = 2
_VERSION = (0x6A000000, 1)
"""Major and minor version, which only tell builds apart."""
_ENGLISH = 0x409
_REFERENCES = (
    (
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
        r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
        "#Microsoft Office 16.0 Object Library",
    ),
)
_HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


@dataclass(frozen=True, slots=True)
class Listed:
    """A module as the streams ``dir`` and ``PROJECT`` list it."""

    name: str
    kind: Kind


def compress(data: bytes) -> bytes:
    """``data`` as a compressed container (2.4.1.3.6).

    Each 4096 bytes become a chunk. One that would grow is kept as it is; where that is the last one and
    not full, zeros fill it, as the format has no other way. Text of a program never comes to that.
    """
    chunks = [_chunk(data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK)]
    return b"\x01" + b"".join(chunks)


def _chunk(data: bytes) -> bytes:
    packed = _tokens(data)
    if len(packed) > _CHUNK:
        return struct.pack("<H", _RAW | (_CHUNK - 1)) + data.ljust(_CHUNK, b"\0")
    return struct.pack("<H", _COMPRESSED | (len(packed) - 1)) + packed


def _tokens(data: bytes) -> bytes:
    """Groups of eight tokens behind a byte whose bits say which of them are repetitions (2.4.1.3.8)."""
    out = bytearray()
    at = bit = flags_at = 0
    while at < len(data):
        if bit == 0:
            flags_at = len(out)
            out.append(0)
        offset, length = _repetition(data, at)
        if length:
            out[flags_at] |= 1 << bit
            out += struct.pack("<H", (offset - 1 << 16 - _offset_bits(at)) | (length - _SHORTEST))
            at += length
        else:
            out.append(data[at])
            at += 1
        bit = (bit + 1) % 8
    return bytes(out)


def _repetition(data: bytes, at: int) -> tuple[int, int]:
    """How far back the longest earlier match of what follows begins, and its length; 0, 0 without one.

    Of several the nearest (2.4.1.3.19.4). It may run on into what it repeats.
    """
    most = min((0xFFFF >> _offset_bits(at)) + _SHORTEST, len(data) - at)
    found = (0, 0)
    length = _SHORTEST
    while length <= most:
        start = data.rfind(data[at : at + length], 0, at + length - 1)
        if start < 0:
            break
        while length < most and data[start + length] == data[at + length]:
            length += 1
        found = (at - start, length)
        length += 1
    return found


def _offset_bits(at: int) -> int:
    """How many bits of a repetition are its offset, by where in the chunk it stands (2.4.1.3.19.1)."""
    return max((at - 1).bit_length(), 4) if at else 4


def dir_stream(modules: Sequence[Listed]) -> bytes:
    """The stream ``dir`` (2.3.4.2), not yet compressed: the project, its references and its modules."""
    name = _PROJECT.encode(ENCODING)
    information = [
        _record(0x01, struct.pack("<I", 3)),  # for 64-bit Windows; other systems read it as well
        _record(0x02, struct.pack("<I", _ENGLISH)),
        _record(0x14, struct.pack("<I", _ENGLISH)),
        _record(0x03, struct.pack("<H", CODE_PAGE)),
        _record(0x04, name),
        _twice(0x05, 0x40, ""),
        _record(0x06, b"") + _record(0x3D, b""),
        _record(0x07, bytes(4)),
        _record(0x08, bytes(4)),
        struct.pack("<HIIH", 0x09, 4, *_VERSION),  # six bytes, although it says four
        _twice(0x0C, 0x3C, ""),
    ]
    references = [_reference(known, library) for known, library in _REFERENCES]
    count = _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    return b"".join((*information, *references, count, *map(_module, modules), _record(0x10, b"")))


def _record(identity: int, content: bytes) -> bytes:
    return struct.pack("<HI", identity, len(content)) + content


def _twice(identity: int, wide: int, text: str) -> bytes:
    """A text in the project's code page and once more in UTF-16."""
    return _record(identity, text.encode(ENCODING)) + _record(wide, text.encode("utf-16-le"))


def _reference(name: str, library: str) -> bytes:
    content = library.encode(ENCODING)
    registered = struct.pack("<I", len(content)) + content + bytes(6)
    return _twice(0x16, 0x3E, name) + _record(0x0D, registered)


def _module(module: Listed) -> bytes:
    return b"".join(
        (
            _twice(0x19, 0x47, module.name),
            _twice(0x1A, 0x32, module.name),
            _twice(0x1C, 0x48, ""),
            _record(0x31, bytes(4)),  # the text begins where the stream does: nothing compiled before it
            _record(0x1E, bytes(4)),
            _record(0x2C, b"\xff\xff"),
            _record(0x21 if module.kind == "standard" else 0x22, b""),
            _record(0x2B, b""),
        )
    )


def projectwm_stream(modules: Iterable[Listed]) -> bytes:
    """The stream ``PROJECTwm`` (2.3.3): each module's name in the code page and in UTF-16."""
    names = (
        module.name.encode(ENCODING) + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules
    )
    return b"".join(names) + b"\0\0"


def project_stream(modules: Sequence[Listed]) -> bytes:
    """The stream ``PROJECT`` (2.3.1): lines of text, with a protection that protects nothing."""
    lines = [
        f'ID="{_GUID}"',
        *map(_project_line, modules),
        f'Name="{_PROJECT}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypted(bytes(4))}"',  # not protected
        f'DPB="{encrypted(bytes(1))}"',  # no password
        f'GC="{encrypted(bytes([0xFF]))}"',  # to be seen
        "",
        "[Host Extender Info]",
        _HOST,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines).encode(ENCODING)


def _project_line(module: Listed) -> str:
    if module.kind == "document":
        return f"Document={module.name}/&H00000000"
    return f"{'Module' if module.kind == 'standard' else 'Class'}={module.name}"


def encrypted(content: bytes) -> str:
    """``content`` as ``PROJECT`` hides it (2.4.3.2), in hexadecimal digits; keyed by the project's id."""
    key = sum(_GUID.encode(ENCODING)) & 0xFF
    out = [_SEED, _SEED ^ _CRYPT_VERSION, _SEED ^ key]
    plain = key
    filling = bytes((_SEED & 6) // 2)
    for byte in filling + struct.pack("<I", len(content)) + content:
        out.append(byte ^ ((out[-2] + plain) & 0xFF))
        plain = byte
    return bytes(out).hex().upper()
