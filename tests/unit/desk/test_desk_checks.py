"""The checks of a desk: all content after an install, and each thing that is wrong found and named."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from hscb_xl.desk import addin, checks, install, settings
from hscb_xl.desk.system import Desk, System
from tests.unit.desk.conftest import MakeDesk

SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
CLOUD = r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0\Excel\Security"
RULES = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"


def wrong(desk: Desk) -> list[str]:
    return [check.name for check in checks.of_desk(desk) if check.state == "wrong"]


def set_to(key: str, value: str | None) -> Callable[[Desk], None]:
    def change(desk: Desk) -> None:
        conf = settings.read(desk)
        changed = conf.without(key) if value is None else conf.having(key, value)
        desk.configuration.write_bytes(changed.data)

    return change


def written(which: int, data: bytes | None) -> Callable[[Desk], None]:
    def change(desk: Desk) -> None:
        target = addin.pieces(desk)[which].target
        target.unlink()
        if data is not None:
            target.write_bytes(data)

    return change


def unreadable(desk: Desk) -> None:
    desk.configuration.unlink()
    desk.configuration.mkdir()


FAULTS: list[tuple[System, Callable[[Desk], object], list[str]]] = [
    ("windows", written(0, None), ["Add-in"]),
    ("windows", written(0, b"0.30.0"), ["Add-in"]),
    ("windows", set_to("INTERPRETER_WIN", r"C:\Python\python.exe"), ["Settings"]),
    ("windows", set_to("INTERPRETER_WIN", None), ["Settings"]),
    ("windows", set_to("USE UDF SERVER", "False"), ["Settings"]),
    ("windows", set_to("ADD_WORKBOOK_TO_PYTHONPATH", "True"), ["Settings"]),
    ("mac", set_to("ADD_WORKBOOK_TO_PYTHONPATH", None), ["Settings"]),
    ("windows", set_to("UDF MODULES", "theirs"), ["Functions"]),
    ("windows", lambda desk: desk.configuration.unlink(), ["Settings", "Settings", "Settings", "Functions"]),
    ("windows", unreadable, ["Settings"]),
    ("mac", written(0, None), ["Add-in"]),
    ("mac", written(1, None), ["RunPython"]),
    ("mac", written(1, b"on run"), ["RunPython"]),
    ("mac", set_to("INTERPRETER_MAC", "/usr/bin/python3"), ["Settings"]),
]


def test_each_fault_is_found_and_mended(
    make_desk: MakeDesk, record_property: Callable[[str, object], None]
) -> None:
    for system, fault, names in FAULTS:
        desk = make_desk(system)
        install.install(desk)
        assert wrong(desk) == []
        fault(desk)
        found = [check for check in checks.of_desk(desk) if check.state == "wrong"]
        assert [check.name for check in found] == names
        assert all(check.remedy.endswith(".") for check in found)
        if desk.configuration.is_dir():
            desk.configuration.rmdir()
        install.install(desk)
        assert wrong(desk) == []
    record_property("faults", len(FAULTS))


ADD_INS: list[tuple[bytes | None, str]] = [(None, "missing"), (b"0.30.0", "of another version")]


@pytest.mark.parametrize("system", ["windows", "mac"])
@pytest.mark.parametrize(("data", "state"), ADD_INS)
def test_the_add_in_is_needed_where_the_workbook_brings_no_macros(
    system: System, data: bytes | None, state: str, make_desk: MakeDesk
) -> None:
    desk = make_desk(system)
    install.install(desk)
    written(0, data)(desk)

    def seen(brings_macros: bool | None) -> checks.Check:
        (found,) = [check for check in checks.of_desk(desk, brings_macros) if check.name == "Add-in"]
        return found

    found = f"The add-in xlwings.xlam is {state} in {desk.startup}"
    assert seen(False) == checks.Check("Add-in", "wrong", found, checks.INSTALL)
    words = f"{found}; not needed: this workbook brings its own macros"
    assert seen(True) == checks.Check("Add-in", "right", words)
    unknown = seen(None)
    assert (unknown.state, unknown.found) == ("wrong", found)
    assert unknown.remedy.startswith(checks.INSTALL)
    assert "--standalone" in unknown.remedy


@pytest.mark.parametrize("system", ["windows", "mac"])
def test_only_the_add_in_is_not_needed(system: System, make_desk: MakeDesk) -> None:
    """A workbook's own macros need the settings and, on a Mac, the script."""
    desk = make_desk(system)
    wanted = {
        "windows": ["Settings", "Settings", "Settings", "Functions"],
        "mac": ["RunPython", "Settings", "Settings"],
    }[system]
    assert [check.name for check in checks.of_desk(desk, True) if check.state == "wrong"] == wanted
    install.install(desk)
    assert checks.of_desk(desk, True) == checks.of_desk(desk, False) == checks.of_desk(desk)


REGISTRIES: list[tuple[Mapping[str, Mapping[str, Any]], list[str]]] = [
    ({}, []),
    ({SECURITY: {"vbawarnings": 1}}, []),
    ({SECURITY: {"vbawarnings": 3}}, ["Macros"]),
    ({SECURITY: {"vbawarnings": 4}}, ["Macros"]),
    ({SECURITY: {"vbawarnings": "odd"}}, []),
    ({SECURITY: {"vbawarnings": 4}, POLICY: {"vbawarnings": 2}}, []),
    ({SECURITY: {"vbawarnings": 1}, POLICY: {"vbawarnings": 4}}, ["Macros"]),
    ({POLICY: {"vbawarnings": 1}, CLOUD: {"vbawarnings": 3}}, ["Macros"]),
    ({RULES: {CHILDREN: "1"}}, ["Defender"]),
    ({RULES: {CHILDREN: 1}}, ["Defender"]),
    ({RULES: {CHILDREN: "6"}}, ["Defender"]),
    ({RULES: {CHILDREN: "2"}}, []),
    ({RULES: {CHILDREN: "0"}, RULES.replace(r"\Policies", ""): {CHILDREN: "1"}}, []),
    ({RULES.replace(r"\Policies", ""): {CHILDREN: "1"}}, ["Defender"]),
]


@pytest.mark.parametrize(("keys", "names"), REGISTRIES)
def test_what_the_registry_forbids(
    keys: Mapping[str, Mapping[str, Any]], names: list[str], make_desk: MakeDesk
) -> None:
    desk = make_desk("windows", keys)
    install.install(desk)
    assert wrong(desk) == names


def test_another_version_of_xlwings(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addin, "XLWINGS", "0.30.0")
    found = checks.to_put_right(checks.of_desk(make_desk("other")))
    assert xw.__version__ in found
    assert found.endswith("scripts/run.py of the program once more: it is made for xlwings 0.30.0.")


def test_a_log_that_cannot_be_written(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("other")
    assert wrong(desk) == []
    (tmp_path / "file").touch()
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "file"))
    assert wrong(desk) == ["Log"]


def test_without_excel_it_says_what_was_not_looked_at(make_desk: MakeDesk) -> None:
    found = checks.of_desk(make_desk("other"))
    unseen = [check.name for check in found if check.state == "unseen"]
    assert unseen == ["Add-in", "Settings", "Defender", "Macros"]
    assert not make_desk("other").home.exists()
