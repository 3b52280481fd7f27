"""Reads the streams of a VBA project: ``dir``, ``PROJECT``, ``PROJECTwm`` and compressed text ([MS-OVBA])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

MODULE, ENDS = 0x19, 0x10


def decompressed(data: bytes) -> bytes:
    """2.4.1.3.1, chunk by chunk; asserts each signature."""
    assert data[0] == 1
    out, at = bytearray(), 1
    while at < len(data):
        header = struct.unpack_from("<H", data, at)[0]
        assert header >> 12 & 7 == 3
        end = at + (header & 0xFFF) + 3
        body, at = data[at + 2 : end], end
        out += _expanded(body) if header >> 15 else body
    return bytes(out)


def _expanded(body: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                break
            if not flags >> bit & 1:
                out.append(body[at])
                at += 1
                continue
            token = struct.unpack_from("<H", body, at)[0]
            at += 2
            bits = max((len(out) - 1).bit_length(), 4)
            length, offset = (token & 0xFFFF >> bits) + 3, (token >> 16 - bits) + 1
            for _ in range(length):
                out.append(out[-offset])
    return bytes(out)


@dataclass
class Module:
    """A module as ``dir`` describes it."""

    name: str
    stream: str
    offset: int
    kind: int
    ids: tuple[int, ...]


@dataclass
class Directory:
    """What ``dir`` holds: records before the modules by number, and the modules."""

    records: list[tuple[int, bytes]] = field(default_factory=list)
    modules: list[Module] = field(default_factory=list)


def directory(data: bytes) -> Directory:
    """All records of an expanded ``dir``, in order, up to its end."""
    found, rest = Directory(), iter(_records(data))
    for identity, content in rest:
        if identity == MODULE:
            found.modules.append(_module(content, rest))
        elif identity == ENDS:
            assert next(rest, None) is None
        else:
            found.records.append((identity, content))
    counted = struct.unpack("<H", dict(found.records)[0x0F])[0]
    assert counted == len(found.modules)
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        identity, size = struct.unpack_from("<HI", data, at)
        size += 2 if identity == 0x09 else 0  # the version has two bytes more than it says
        yield identity, data[at + 6 : at + 6 + size]
        at += 6 + size
    assert at == len(data)


def _module(name: bytes, rest: Iterator[tuple[int, bytes]]) -> Module:
    own = {MODULE: name}
    for identity, content in rest:
        own[identity] = content
        if identity == 0x2B:
            break
    assert own[0x47].decode("utf-16-le") == name.decode("cp1252")
    assert own[0x32].decode("utf-16-le") == own[0x1A].decode("cp1252")
    kind = next(identity for identity in own if identity in (0x21, 0x22))
    offset = struct.unpack("<I", own[0x31])[0]
    ids = tuple(0x21 if identity == 0x22 else identity for identity in own)
    return Module(name.decode("cp1252"), own[0x1A].decode("cp1252"), offset, kind, ids)


def project(data: bytes) -> tuple[dict[str, list[str]], list[str]]:
    """The lines of ``PROJECT`` before its first section, by key, and the names its workspace lists."""
    assert data.count(b"\r\n") == data.count(b"\n")
    properties, host, workspace = data.decode("cp1252").rstrip("\r\n").split("\r\n\r\n")
    assert host.startswith("[Host Extender Info]")
    found: dict[str, list[str]] = {}
    for line in properties.split("\r\n"):
        key, _, value = line.partition("=")
        found.setdefault(key, []).append(value)
    return found, [line.partition("=")[0] for line in workspace.split("\r\n")[1:]]


def kept_names(data: bytes) -> list[str]:
    """The names in ``PROJECTwm``; asserts that both writings of each agree."""
    names, at = [], 0
    while data[at : at + 2] != b"\0\0":
        end = data.index(b"\0", at)
        name = data[at:end].decode("cp1252")
        wide = name.encode("utf-16-le") + b"\0\0"
        assert data[end + 1 : end + 1 + len(wide)] == wide
        names.append(name)
        at = end + 1 + len(wide)
    assert at + 2 == len(data)
    return names


def decrypted(digits: str) -> tuple[int, int, bytes]:
    """The version, the key and the content of what ``PROJECT`` hides (2.4.3.3)."""
    seed, *rest = bytes.fromhex(digits)
    version, key = rest[0] ^ seed, rest[1] ^ seed
    plain, out = key, bytearray()
    for before, code in zip(rest, islice(rest, 2, None), strict=False):
        plain = code ^ (before + plain & 0xFF)
        out.append(plain)
    out = out[(seed & 6) // 2 :]
    size = struct.unpack_from("<I", out)[0]
    assert size == len(out) - 4
    return version, key, bytes(out[4:])
