"""Deflating gives what zlib inflates again, with either library."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.package import deflate


@pytest.fixture(params=["zlib", "isal"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "zlib":
        monkeypatch.setattr(deflate, "isal_zlib", None)
    else:
        assert deflate.isal_zlib is not None
    return str(request.param)


@pytest.mark.parametrize("pieces", [[], [b""], [b"a"], [b"<row/>" * 9999, b"", b"</rows>"]])
def test_it_inflates_to_the_pieces_put_together(library: str, pieces: list[bytes]) -> None:
    packed = deflate.deflated(pieces)
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == b"".join(pieces)
    assert deflate.deflated(pieces) == packed


@given(st.lists(st.binary(max_size=99)))
def test_any_bytes_come_back(pieces: list[bytes]) -> None:
    assert zlib.decompress(deflate.deflated(pieces), -zlib.MAX_WBITS) == b"".join(pieces)
