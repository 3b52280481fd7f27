"""The checks of a workbook: where it came from, which folders Excel trusts, and what is in it."""

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hscb_xl.base.limits import OF_A_PLAN
from hscb_xl.build import build
from hscb_xl.desk import book, policies
from hscb_xl.importer.imported import Imported
from tests.unit.desk.conftest import MakeDesk
from tests.unit.desk.test_desk_checks import POLICY, SECURITY

WORKBOOK = Path(__file__).resolve().parents[3] / "workbook" / "ImprovementPlan.xlsm"
EMPTY = Imported("Improvement plan", (), (), ())
INTERNET = "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.org/\r\n"
INTRANET = "[ZoneTransfer]\r\nZoneId=1\r\n"
LOCATION = rf"{SECURITY}\Trusted Locations"
HERE = {LOCATION: {"location7": {}}, rf"{LOCATION}\location7": {"path": "/plans"}}

MARKS: list[tuple[str, Mapping[str, Mapping[str, Any]], str]] = [
    ("", {}, "right"),
    (INTRANET, {}, "right"),
    (INTERNET, {}, "wrong"),
    (INTERNET.replace("3", "4"), {}, "wrong"),
    (INTERNET, {POLICY: {"blockcontentexecutionfrominternet": 1}}, "wrong"),
    (INTERNET, {POLICY: {"blockcontentexecutionfrominternet": 0}}, "right"),
    (INTERNET, HERE, "right"),
]


@pytest.mark.parametrize(("mark", "keys", "state"), MARKS)
def test_a_file_from_the_internet(
    mark: str, keys: Mapping[str, Mapping[str, Any]], state: str, make_desk: MakeDesk
) -> None:
    origin, _ = book.origin(make_desk("windows", keys, mark), Path("/plans/Plan.xlsm"))
    assert (origin.name, origin.state) == ("Origin", state)
    assert ("Unblock" in origin.remedy) is (state == "wrong")


@pytest.mark.parametrize(("mark", "state"), [("", "right"), ("0083;6543;Safari;", "wrong")])
def test_a_file_under_quarantine(mark: str, state: str, make_desk: MakeDesk) -> None:
    (origin,) = book.origin(make_desk("mac", mark=mark), Path("/plans/Plan.xlsm"))
    assert origin.state == state


TRUSTED = [
    ("C:\\Plans\\", 0, r"c:\plans\Plan.xlsm", {}, True),
    (r"C:\Plans", 0, r"C:\Plans\2015\Plan.xlsm", {}, False),
    (r"C:\Plans", 1, r"C:\Plans\2015\Plan.xlsm", {}, True),
    (r"C:\Plans", 1, r"C:\Plans2\Plan.xlsm", {}, False),
    (r"C:\Plans", 1, r"C:\Plans\Plan.xlsm", {"alllocationsdisabled": 1}, False),
    (r"\\server\plans", 1, r"\\server\plans\Plan.xlsm", {}, False),
    (r"\\server\plans", 1, r"\\server\plans\Plan.xlsm", {"allownetworklocations": 1}, True),
    ("", 1, r"C:\Plans\Plan.xlsm", {}, False),
]


@pytest.mark.parametrize(("folder", "below", "path", "others", "trusted"), TRUSTED)
def test_a_trusted_folder(
    folder: str, below: int, path: str, others: dict[str, int], trusted: bool, make_desk: MakeDesk
) -> None:
    for root in (LOCATION, rf"{POLICY}\Trusted Locations".replace("Excel", "Common")):
        location = {"path": folder, "allowsubfolders": below}
        keys = {root: {**others, "location0": {}}, rf"{root}\location0": location}
        assert policies.is_trusted(make_desk("windows", keys), Path(path)) is trusted


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "Plan.xlsm"
    path.write_bytes(WORKBOOK.read_bytes())
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The package with its parts changed, or left out where ``change`` gives None."""
    with zipfile.ZipFile(path) as package:
        parts = {name: change(name, package.read(name)) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            if data is not None:
                package.writestr(name, data)


def fewer_buttons(name: str, data: bytes) -> bytes:
    return data.replace(b"Ribbon.UndoLastRun", b"Ribbon.Undo") if name.endswith("customUI14.xml") else data


def no_ribbon(name: str, data: bytes) -> bytes | None:
    if name == "_rels/.rels":
        return data.replace(b"customUI/customUI14.xml", b"customUI/customUI.xml")
    return None if name.endswith("customUI14.xml") else data


def saved_anew(name: str, data: bytes) -> bytes:
    return data + b"\0" if name.endswith("vbaProject.bin") else data


CONTENTS = [
    (lambda _, data: data, "right", "the ribbon is that of this version, its macros too"),
    (saved_anew, "right", "the ribbon is that of this version, its macros were saved anew since it was made"),
    (fewer_buttons, "wrong", "13 of the 14 buttons of this version are in it"),
    (no_ribbon, "wrong", "0 of the 14 buttons of this version are in it"),
]


@pytest.mark.parametrize(("change", "state", "found"), CONTENTS)
def test_the_buttons_of_a_workbook(
    change: Callable[[str, bytes], bytes | None], state: str, found: str, copy: Path
) -> None:
    rewritten(copy, change)
    plan, buttons = book.contents(copy, OF_A_PLAN)
    assert plan.found == "26 actions can be read on the sheet Plan"
    assert (buttons.state, buttons.found) == (state, found)


def test_a_workbook_without_a_plan_or_without_macros(tmp_path: Path, copy: Path) -> None:
    made = openpyxl.Workbook()
    made.save(tmp_path / "Empty.xlsx")
    (only,) = book.contents(tmp_path / "Empty.xlsx", OF_A_PLAN)
    assert (only.state, only.remedy.partition(":")[0]) == ("wrong", "Empty.xlsx has no table named Plan")
    openpyxl.load_workbook(copy).save(tmp_path / "Plain.xlsx")
    plan, buttons = book.contents(tmp_path / "Plain.xlsx", OF_A_PLAN)
    assert (plan.state, buttons.state) == ("right", "unseen")


def without_macros(name: str, data: bytes) -> bytes | None:
    if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        return re.sub(rb"<(?:Override|Relationship) [^>]*vbaProject[^>]*/>", b"", data)
    return None if name.endswith("vbaProject.bin") else data


def test_whether_a_workbook_brings_its_own_macros(copy: Path, tmp_path: Path) -> None:
    alone = tmp_path / "Alone.xlsm"
    build(EMPTY, alone, as_of=None, standalone=True)
    assert (book.brings_macros(copy), book.brings_macros(alone)) == (False, True)
    for path, expected in ((copy, False), (alone, True)):
        rewritten(path, saved_anew)
        assert book.brings_macros(path) is expected
    rewritten(alone, without_macros)
    assert book.brings_macros(alone) is None
    (tmp_path / "Text.xlsm").write_text("text", encoding="utf-8")
    for unread in (tmp_path / "Text.xlsm", tmp_path, "Book1", "https://x.sharepoint.com/Plan.xlsm"):
        assert book.brings_macros(unread) is None


def test_a_module_s_name_in_a_text_is_no_module(copy: Path) -> None:
    """Nor is a longer name, nor a folder of that name."""
    named, longer = (name.encode("utf-16-le").ljust(64, b"\0") for name in ("xlwings", "xlwings2"))
    added = named + b"\x10\0\x01" + longer + b"\x12\0\x02" + named[:14]
    rewritten(copy, lambda name, data: data + added if name.endswith("vbaProject.bin") else data)
    assert book.brings_macros(copy) is False
