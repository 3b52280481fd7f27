"""The decision on each file of an export, as a table; and a digest is of the file itself."""

import os
from pathlib import Path

import pytest

from hscb_xl.handout import decisions
from hscb_xl.handout.decisions import Seen, Step, decide
from hscb_xl.handout.manifest import Entry

MINE, GONE, OTHER = "../Plan.xlsm", "../Gone.xlsm", "../Other.xlsm"
OWN = "Actions"


def entry(plan: str, *digests: str) -> dict[str, Entry]:
    return {"Actions/a": Entry(plan, digests, "")}


WANTED = [
    ("nothing is there", Seen("nothing"), {}, "write", ""),
    ("a file of ours was sent away", Seen("nothing"), entry(OTHER, "old"), "write", ""),
    ("ours as last written", Seen("file", "old"), entry(MINE, "old"), "write", "old"),
    (
        "ours, after a crash before it was replaced",
        Seen("file", "old"),
        entry(MINE, "x", "old"),
        "write",
        "old",
    ),
    ("ours, of a plan that is gone", Seen("file", "old"), entry(GONE, "old"), "write", "old"),
    ("the same bytes, known", Seen("file", "new"), entry(MINE, "new"), "same", "new"),
    ("the same bytes, not known", Seen("file", "new"), {}, "same", "new"),
    ("the same bytes, of another plan", Seen("file", "new"), entry(OTHER, "new"), "same", "new"),
    ("changed since", Seen("file", "theirs"), entry(MINE, "old"), "changed", ""),
    ("changed since, the plan gone", Seen("file", "theirs"), entry(GONE, "old"), "changed", ""),
    ("not known", Seen("file", "theirs"), {}, "unknown", ""),
    ("too large or not to be read", Seen("file", ""), entry(MINE, "old"), "changed", ""),
    ("another plan's, as it wrote it", Seen("file", "old"), entry(OTHER, "old"), "foreign", ""),
    ("a folder", Seen("folder"), entry(MINE, "old"), "taken", ""),
    ("a link, to ours even", Seen("link"), entry(MINE, "old"), "taken", ""),
    ("a device", Seen("other"), {}, "taken", ""),
    ("what cannot be looked at", Seen("unseen"), entry(MINE, "old"), "write", ""),
    ("ours in other capitals", Seen("file", "old"), {"ACTIONS/A": Entry(MINE, ("old",), "")}, "write", "old"),
]


@pytest.mark.parametrize(
    ("there", "known", "fate", "before"), [case[1:] for case in WANTED], ids=[case[0] for case in WANTED]
)
def test_a_wanted_file(there: Seen, known: dict[str, Entry], fate: str, before: str) -> None:
    seen = {"Actions/a": there, **dict.fromkeys(known, there)}
    steps = decide({"Actions/a": "new"}, seen, known, {MINE, GONE}, OWN)
    assert steps[0] == Step("Actions/a", fate, before)  # type: ignore[arg-type]


LEFT = [
    ("ours, unchanged", Seen("file", "old", (1, 2)), "Actions/b", MINE, "aside"),
    ("changed since", Seen("file", "theirs", (1, 2)), "Actions/b", MINE, "stays"),
    ("a folder now", Seen("folder", "", (1, 2)), "Actions/b", MINE, "stays"),
    ("gone already", Seen("nothing"), "Actions/b", MINE, "gone"),
    ("the wanted file under other capitals", Seen("file", "old", (1, 1)), "Actions/A", MINE, "gone"),
    ("what cannot be looked at", Seen("unseen"), "Actions/b", MINE, None),
    ("another plan's", Seen("file", "old", (1, 2)), "Actions/b", OTHER, None),
    ("of a plan that is gone", Seen("file", "old", (1, 2)), "Actions/b", GONE, "aside"),
    ("changed since, the plan gone", Seen("file", "theirs", (1, 2)), "Actions/b", GONE, "stays"),
    ("of another export", Seen("file", "old", (1, 2)), "Exceptions/b", MINE, None),
    ("beside the export's folder", Seen("file", "old", (1, 2)), "Actions.xlsx", MINE, None),
]


@pytest.mark.parametrize(
    ("there", "name", "plan", "fate"), [case[1:] for case in LEFT], ids=[case[0] for case in LEFT]
)
def test_a_file_that_is_no_longer_wanted(there: Seen, name: str, plan: str, fate: str | None) -> None:
    seen = {"Actions/a": Seen("file", "new", (1, 1)), name: there}
    steps = decide({"Actions/a": "new"}, seen, {name: Entry(plan, ("old",), "")}, {MINE, GONE}, OWN)
    assert [(step.name, step.fate) for step in steps[1:]] == ([] if fate is None else [(name, fate)])


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_looking_follows_no_link_and_reads_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    seen = decisions.look(tmp_path, ["file", "link", "dangling", "folder", "pipe", "nothing"])
    assert [each.kind for each in seen.values()] == ["file", "link", "link", "folder", "other", "nothing"]
    assert seen["file"].digest == decisions.digest(b"x")
    assert seen["link"].digest == ""
