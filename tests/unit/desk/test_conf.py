"""xlwings.conf keeps every byte of other people's lines, whatever they hold, and takes ours out whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.desk import settings
from hscb_xl.desk.conf import Conf
from hscb_xl.desk.system import Desk, System
from hscb_xl.errors import OutputProblem
from tests.unit.desk.conftest import INTERPRETERS

WORD = st.text("ABCdef .:\\/;é", min_size=1, max_size=12).filter(lambda word: word.strip("; "))
OTHERS = st.one_of(
    st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b"").replace(b'"', b"")),
    st.builds(lambda key, value: f'"OTHER {key}","{value}"'.encode(), WORD, WORD),
)
OURS = st.one_of(
    st.builds(
        lambda key, value: (key, f'"{key}","{value}"'.encode()),
        st.sampled_from(["INTERPRETER_WIN", "INTERPRETER_MAC", "UDF MODULES"]),
        st.sampled_from(["C:\\Python\\python.exe", "/usr/bin/python3", "their_udfs", "a;b"]),
    ),
    st.sampled_from([("USE UDF SERVER", b'"USE UDF SERVER","False"')]),
)


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """A configuration that somebody has already, with lines of any kind in any order."""
    lines = draw(st.lists(OTHERS, max_size=6))
    for line in dict(draw(st.lists(OURS, max_size=4))).values():
        lines.insert(draw(st.integers(0, len(lines))), line)
    ending = draw(st.sampled_from([b"\n", b"\r\n"]))
    return b"".join(line + ending for line in lines)


def desk(system: System) -> Desk:
    return Desk(system, Path("/home"), INTERPRETERS[system], {}, lambda _: {}, lambda _: "")


@given(data=written(), system=st.sampled_from(["windows", "mac"]))
def test_taken_out_again_it_is_byte_for_byte_as_it_was(data: bytes, system: System) -> None:
    before = Conf.read(data, "utf-8", b"\n")
    once, _ = settings.put(before, desk(system))
    twice, said = settings.put(once, desk(system))
    assert twice.data == once.data
    assert all("already" in sentence for sentence in said)
    assert set(data.splitlines()) - set(once.data.splitlines()) <= {
        line for line in data.splitlines() if line.startswith((b'"INTERPRETER', b'"USE', b'"UDF'))
    }
    assert settings.take_out(once, desk(system))[0].data == data


TABLE = [
    (b"", b'"K","v"\n'),
    (b'"A","1"', b'"A","1"\n"K","v"\n'),
    (b'"A","1"\r\n', b'"A","1"\r\n"K","v"\r\n'),
    (b'"k" , "old"\n"A","1"\n', b'"K","v"\n"A","1"\n'),
    (b'"KK","1"\n', b'"KK","1"\n"K","v"\n'),
]


@pytest.mark.parametrize(("before", "after"), TABLE)
def test_a_key_is_set(before: bytes, after: bytes) -> None:
    conf = Conf.read(before, "utf-8", b"\n").having("K", "v")
    assert conf.data == after
    assert conf.value("k") == "v"


def test_letters_are_those_of_the_code_page() -> None:
    conf = Conf.read(b"", "cp1252", b"\r\n")
    assert conf.having("K", "C:\\José").data == b'"K","C:\\Jos\xe9"\r\n'
    for unreadable in ("C:\\Жук", 'C:\\"', "C:\\a\nb"):
        with pytest.raises(OutputProblem, match="plain name"):
            conf.having("K", unreadable)


def test_what_was_changed_since_stays() -> None:
    once, _ = settings.put(Conf.read(b'"INTERPRETER_MAC","/a/python"\n', "utf-8", b"\n"), desk("mac"))
    later = once.having("INTERPRETER_MAC", "/b/python")
    after, said = settings.take_out(later, desk("mac"))
    assert after.data == b'"INTERPRETER_MAC","/b/python"\n'
    assert said == [
        "INTERPRETER_MAC was changed since and stays as it is.",
        "ADD_WORKBOOK_TO_PYTHONPATH is taken out.",
    ]


SAME = [
    ("windows", r"c:\program files\HSCB-XL\.venv\scripts\pythonw.exe", True),
    ("windows", r"C:\Python\python.exe", False),
    ("windows", "python", False),
    ("windows", None, False),
    ("mac", "/Applications/hscb-xl/.venv/bin/python3", True),
    ("mac", "/applications/hscb-xl/.venv/bin/python", False),
]


@pytest.mark.parametrize(("system", "value", "right"), SAME)
def test_which_interpreter_is_this_one(system: System, value: str | None, right: bool) -> None:
    assert settings.is_right(settings.interpreter_key(desk(system)), value, desk(system)) is right
