"""Protected sheets: refused alike by commands, batch and buttons, for those alone that would be written."""

import json
from pathlib import Path

import pytest

from hscb_xl import ribbon
from hscb_xl.engine import open_book
from tests.clicking import calling, select
from tests.protecting import SHEET, STRUCTURE, protect, protections
from tests.system.conftest import AS_OF, Run

ALL = ("Plan", "Checks", "Summary", "History", "Lists", "Settings", "Key")
WRITTEN = {
    "run": ("Plan", "Checks", "Summary"),
    "check": ("Checks",),
    "rate": ("Plan",),
    "format": ("Plan",),
    "summarise": ("Summary",),
}
ONLY_LOOKED_AT: list[tuple[str, ...]] = [("check", "--json"), ("export", "--out", "out")]
CLICKED = {
    "check_plan": ("Checks",),
    "refresh_rag": ("Plan",),
    "accept_rating": ("Plan", "History"),
    "apply_formatting": ("Plan",),
    "update_summary": ("Summary",),
    "undo_last_run": ("Plan", "History"),
}


def sentence(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"The sheet {names[0]} of ImprovementPlan.xlsm is protected, so nothing was changed: "
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"The sheets {listed} of ImprovementPlan.xlsm are protected, so nothing was changed: "


@pytest.mark.parametrize("command", list(WRITTEN))
def test_a_command_refuses_all_protected_sheets_at_once_and_changes_nothing(
    hscb: Run, book: Path, command: str
) -> None:
    protect(book, ALL)
    before = book.read_bytes()
    outcome = hscb(command, book, "--as-of", AS_OF)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"hscb-xl: {sentence(WRITTEN[command])}take the protection off (Review, Unprotect Sheet) and run the "
        "command again, or have it write all the same with --protected.\n"
    )
    assert book.read_bytes() == before
    assert hscb(command, book, "--as-of", AS_OF, "--save-as", "x.xlsm").code == 2 or command == "check"


@pytest.mark.parametrize("command", list(WRITTEN))
def test_a_command_cares_for_the_sheets_that_it_writes_alone(hscb: Run, book: Path, command: str) -> None:
    protect(book, set(ALL) - set(WRITTEN[command]), structure=True)
    kept = protections(book)
    outcome = hscb(command, book, "--as-of", AS_OF)
    assert "protect" not in outcome.err
    assert outcome.code == (1 if command == "check" else 0)
    assert protections(book) == kept


@pytest.mark.parametrize("words", ONLY_LOOKED_AT)
def test_what_is_only_looked_at_may_be_protected(
    hscb: Run, book: Path, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    protect(book, ALL, structure=True)
    before = book.read_bytes()
    outcome = hscb(words[0], book, *words[1:], "--as-of", AS_OF)
    assert (outcome.code in (0, 1), outcome.err, book.read_bytes()) == (True, "", before)


@pytest.mark.parametrize("command", list(WRITTEN))
def test_asked_to_it_writes_all_the_same_says_so_and_keeps_the_protection(
    hscb: Run, book: Path, command: str
) -> None:
    built = book.read_bytes()
    free = hscb(command, book, "--as-of", AS_OF)
    changes = book.read_bytes() != built  # a new workbook has all its colours
    book.write_bytes(built)
    protect(book, ALL, structure=True)
    kept = protections(book)
    assert kept.count(SHEET) == len(ALL)
    assert STRUCTURE in kept
    outcome = hscb(command, book, "--as-of", AS_OF, "--protected")
    assert (outcome.code, outcome.out) == (free.code, free.out)
    names = sentence(WRITTEN[command]).removeprefix("The ").partition(" of Imp")[0]
    assert outcome.err == f"Written all the same, as --protected says: the {names}.\n" * changes
    assert protections(book) == kept
    once = book.read_bytes()
    again = hscb(command, book, "--as-of", AS_OF, "--protected")
    assert (again.code, again.err, book.read_bytes()) == (outcome.code, "", once)


def test_json_stays_json(hscb: Run, book: Path) -> None:
    protect(book, ("Plan",))
    outcome = hscb("run", book, "--as-of", AS_OF, "--protected", "--json")
    assert outcome.json["as_of"] == AS_OF
    assert "the sheet Plan." in outcome.err


def test_batch_fails_such_a_plan_alone_and_writes_it_when_asked(
    hscb: Run, book: Path, built: Path, tmp_path: Path
) -> None:
    other = book.with_name("Other.xlsm")
    other.write_bytes(built.read_bytes())
    protect(book, ("Plan", "Summary"))
    kept, before = protections(book), book.read_bytes()

    def records(*words: str) -> dict[str, dict[str, str]]:
        report = tmp_path / "night.jsonl"
        hscb("batch", book, other, "--as-of", AS_OF, "--workers", "1", "--report", report, *words)
        lines = map(json.loads, report.read_text("utf-8").splitlines())
        return {Path(line["path"]).name: line for line in lines}

    for words in ((), ("--dry-run",)):
        refused = records(*words)
        assert refused["Other.xlsm"]["outcome"] in ("done", "unchanged")
        assert refused[book.name]["outcome"] == "failed"
        assert refused[book.name]["message"].startswith(sentence(("Plan", "Summary")))
        assert book.read_bytes() == before
    written = records("--protected")[book.name]
    assert (written["outcome"], written["message"]) == (
        "done",
        "Written all the same, as --protected says: the sheets Plan and Summary.",
    )
    assert protections(book) == kept
    assert records("--protected")[book.name]["outcome"] == "unchanged"
    assert records()[book.name]["outcome"] == "failed"  # what one night was allowed, the next is not


@pytest.mark.parametrize("button", list(CLICKED))
def test_a_button_refuses_the_same_in_the_same_words(
    book: Path, button: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    protect(book, ALL)
    opened = open_book(str(book))
    select(opened, "Plan", "A6")
    with calling(opened):
        said = getattr(ribbon, button)()
    assert not opened.impl.workbook.sheet("Plan").waits
    opened.close()
    wanted = f"{sentence(CLICKED[button])}take the protection off (Review, Unprotect Sheet) and click again."
    assert said == wanted
