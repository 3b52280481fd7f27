"""The draft of a mail: what it says, and that no text of a workbook can make it say anything else."""

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.batch.mail import draft

Record = dict[str, Any]


def record(path: str, outcome: str = "done", message: str = "", **changes: str) -> Record:
    """A line of a batch's report; each change is written as n4="G>R"."""
    return {
        "path": path,
        "outcome": outcome,
        "seconds": 0.1,
        "findings": {"error": 0, "warning": 2, "info": 0},
        "changed": [
            {"no": no[1:], "from": pair[0], "to": pair[2], "why": "31 October 2014 has passed"}
            for no, pair in changes.items()
        ],
        "message": message,
    }


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    text = found.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


class Cells(HTMLParser):
    """The texts between the tags, and the tags themselves."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # the library's own
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


NIGHT = [
    record("/srv/plans/North.xlsm", n4="G>R", n7="A>G"),
    record("/srv/plans/South.xlsm", "unchanged"),
    record("/srv/plans/Notes.xlsx", "skipped", "There is no table named Plan."),
    record("/srv/plans/East.xlsm", "failed", "East.xlsm is damaged: bring a backup back."),
    record("/srv/plans/West.xlsm", "locked", "West.xlsm is open in Excel by Jane Smith."),
]
TEXT = """\
5 workbooks: 1 done, 1 unchanged, 1 skipped, 1 failed, 1 locked.

Ratings that changed

/srv/plans/North.xlsm
    action 4: G to R – 31 October 2014 has passed
    action 7: A to G – 31 October 2014 has passed

Failed

/srv/plans/East.xlsm
    East.xlsm is damaged: bring a backup back.

Left alone: open in Excel, or changed meanwhile

/srv/plans/West.xlsm
    West.xlsm is open in Excel by Jane Smith.

Skipped

/srv/plans/Notes.xlsx
    There is no table named Plan.
"""


def test_the_night_as_it_is_read() -> None:
    message = read(draft(NIGHT, subject="Improvement plans, night of 12 May 2015"))
    assert message["Subject"] == "Improvement plans, night of 12 May 2015"
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert part(message, "plain") == TEXT
    texts = [text for text in Cells(part(message, "html")).texts if text.strip()]
    assert [line.strip() for line in TEXT.splitlines() if line] == [text for text in texts if "{" not in text]


def test_a_quiet_night_says_so() -> None:
    message = read(draft([record("/srv/a.xlsm", "unchanged")], subject="Plans"))
    assert part(message, "plain") == "1 workbook: 1 unchanged. No rating changed and nothing failed.\n"
    assert (
        part(read(draft([], subject="Plans")), "plain")
        == "0 workbooks. No rating changed and nothing failed.\n"
    )


def test_the_same_night_is_the_same_file() -> None:
    assert draft(NIGHT, subject="Plans") == draft(NIGHT, subject="Plans")
    assert draft(NIGHT, subject="Plans") != draft(NIGHT[:-1], subject="Plans")


def test_what_was_skipped_is_told_on_a_quiet_night_too() -> None:
    message = read(draft([record("/srv/a.xlsx", "skipped", "There is no plan.")], subject="Plans"))
    text = part(message, "plain")
    assert text.startswith("1 workbook: 1 skipped. No rating changed and nothing failed.\n\nSkipped\n")


def test_a_long_night_is_cut_and_says_so() -> None:
    message = read(draft([record(f"/srv/{n}.xlsm", "failed", "No.") for n in range(1000)], subject="Plans"))
    assert part(message, "plain").endswith("/srv/199.xlsm\n    No.\nand 800 more: see the report.\n")
    assert "and 800 more: see the report." in part(message, "html")


def test_a_long_plan_is_cut_and_says_so() -> None:
    changes = {f"n{number}": "G>R" for number in range(1000)}
    lines = part(
        read(draft([record("/srv/a.xlsm", "done", "", **changes)], subject="Plans")), "plain"
    ).splitlines()
    assert len(lines) == 5 + 51
    assert lines[-1] == "    and 950 more"


HOSTILE = [
    ("a line of its own", "/srv/a\n\nFailed\n\n/srv/b.xlsm", r"/srv/a\n\nFailed\n\n/srv/b.xlsm"),
    ("a formula", "=HYPERLINK(1)", "“=HYPERLINK(1)”"),
    ("a formula behind blanks", " +1", "“+1”"),
    ("a formula in wide letters", "＝1+1", "“＝1+1”"),
    ("a name written backwards", "/srv/\u202emslx.exe", r"/srv/\u202emslx.exe"),
    ("a byte that is no text", "/srv/a\udcff", r"/srv/a\udcff"),
    ("the end of a part", "/srv/--hscb-xl-0\r\nX-Evil: 1", r"/srv/--hscb-xl-0\r\nX-Evil: 1"),
    ("a tag", "<script>alert(1)</script>", "<script>alert(1)</script>"),
]


@pytest.mark.parametrize(("path", "shown"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_name_is_shown_and_does_nothing(path: str, shown: str) -> None:
    message = read(draft([record(path, "failed", path)], subject="Plans"))
    assert part(message, "plain").split("\n")[4:6] == [shown, f"    {shown}"]
    page = Cells(part(message, "html"))
    assert shown in page.texts
    assert "script" not in page.tags


ANY = st.text(st.one_of(st.sampled_from("=+-@＝\r\n\t\0 <>&\"'“"), st.characters()), max_size=30)


def drafted(text: str) -> tuple[EmailMessage, Mapping[str, Any]]:
    night = record(text, "failed", text)
    night["changed"] = [{"no": text, "from": text, "to": None, "why": text}]
    return read(draft([night], subject=text)), night


@given(ANY)
def test_no_text_can_add_a_header_a_line_or_a_formula(text: str) -> None:
    message, _ = drafted(text)
    assert sorted(key.lower() for key in message) == ["content-type", "mime-version", "subject", "x-unsent"]
    plain = part(message, "plain")
    assert plain.count("\n") == 11
    page = Cells(part(message, "html"))
    assert page.tags == {"html", "head", "meta", "style", "body", "p", "h2", "table", "tr", "td"}
    for line in [*plain.split("\n"), *page.texts]:
        assert not line.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", line)
