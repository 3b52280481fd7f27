import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.batch.records import OUTCOMES, Change, Record, from_line, of_path

TEXTS = st.text(max_size=12)
LETTERS = st.sampled_from(["R", "A", "G", "B", None])
CHANGES = st.builds(Change, TEXTS, st.integers(1, 10**6), LETTERS, LETTERS, TEXTS)
COUNTS = {"error": 1, "warning": 2, "info": 3}


@given(st.binary(min_size=1, max_size=20), TEXTS, st.sampled_from(OUTCOMES), st.lists(CHANGES, max_size=3))
def test_a_record_is_one_line_of_valid_json_whatever_a_file_is_called(
    name: bytes, message: str, outcome: str, changed: list[Change]
) -> None:
    path = Path(name.replace(b"\0", b"").decode("utf-8", "surrogateescape"))
    plain = of_path(path, outcome, message, 0.25)  # type: ignore[arg-type]
    record = Record(
        plain.path,
        plain.outcome,
        plain.message,
        0.25,
        "2015-05-12",
        COUNTS,
        tuple(changed),
        4,
        5,
        (message,),
        (message,),
        message,
    )
    line = record.line()
    assert line.count("\n") == 1
    plain.line().encode("utf-8")
    assert len(plain.line().splitlines()) == 1
    assert from_line(line) == record
    assert set(json.loads(line)) == {
        *("path", "outcome", "seconds", "as_of", "findings", "changed", "first", "exports", "message"),
        *("kept", "told", "label"),
    }


def test_what_cannot_be_seen_is_written_by_its_number() -> None:
    record = of_path(Path("a\nb\x1b[31m\u202ecslx.\udcff"), "failed", "it\r\nbroke")
    assert record.path == r"a\nb\x1b[31m\u202ecslx.\udcff"
    assert record.message == r"it\r\nbroke"
