import os
from pathlib import Path

import pytest

from hscb_xl.batch.finding import Found, Patterns, export_folder, find
from hscb_xl.errors import BookNotFound

TAKEN = ["Plan.xlsx", "a/Plan.XLSM", "a/b/.hidden.xlsx", "a/b/Actions by lead.xlsx", "z.xlsx/inside.xlsx"]
NOT_TAKEN = [
    ("an owner file", "a/~$Plan.xlsm"),
    ("a backup", "a/.hscb_xl/backups/Plan.xlsm/2015-05-12.xlsm"),
    ("a temporary file of a save", "a/.~hscb_xl-0123456789ab-x.tmp"),
    ("a lock file", "a/.~hscb_xl-0123456789ab-lock"),
    ("a document", "a/Plan.docx"),
    ("a text", "a/Plan.csv"),
    ("an owner file of another kind", "a/~$Plan.xls"),
    ("LibreOffice's", "a/.~lock.Plan.ods#"),
    ("what a Mac lays beside a file", "a/._Plan.xls"),
    ("no ending", "a/xlsx"),
]
OTHERS = {
    "a/Plan.xls": "is a workbook of Excel 97 to 2003: open it in Excel and save it as .xlsx, or as .xlsm if",
    "a/Plan.XLSB": "is a binary workbook: open it in Excel and save it as .xlsx, or as .xlsm if",
    "Plan.xltx": "is a template: make a workbook of it in Excel and save that as .xlsx or .xlsm",
    "Plan.xltm": "is a template: ",
    "Plan.ods": "is a workbook of LibreOffice or OpenOffice: open it there and save it as .xlsx",
    "Plan.numbers": "is a document of Numbers: export it from there to Excel (File, Export To)",
    "b/Plan.gsheet": "only leads to a Google sheet: download that as .xlsx (File, Download)",
}
"""Workbooks that cannot be taken: how what is said of them begins."""


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def taken(found: list[Found], top: Path) -> list[str]:
    return [each.path.relative_to(top).as_posix() for each in found if not each.why_not]


def reasons(found: list[Found]) -> dict[str, str]:
    return {each.path.name: each.why_not for each in found if each.why_not}


def test_workbooks_are_found_in_order(tmp_path: Path) -> None:
    put(tmp_path, *TAKEN, *(name for _, name in NOT_TAKEN))
    found = list(find([tmp_path]))
    assert taken(found, tmp_path) == TAKEN
    assert reasons(found) == {}


def test_workbooks_of_another_kind_are_told_with_what_to_do(tmp_path: Path) -> None:
    put(tmp_path, *OTHERS, "c/Old.numbers/Index/Document.xlsx")
    found = list(find([tmp_path]))
    assert taken(found, tmp_path) == []
    said = {each.path.relative_to(tmp_path).as_posix(): each.why_not for each in found}
    assert said.keys() == {*OTHERS, "c/Old.numbers"}
    for name, begins in OTHERS.items():
        assert said[name].startswith(begins), name
    assert list(find([tmp_path / "Plan.ods"])) == [Found(tmp_path / "Plan.ods", said["Plan.ods"])]
    assert reasons(list(find([tmp_path], Patterns(["*.xl[st]*"])))).keys() == {
        "Plan.xls",
        "Plan.xltx",
        "Plan.xltm",
    }


@pytest.mark.parametrize(
    ("include", "exclude", "wanted"),
    [
        (("P*",), (), ["Plan.xlsx", "a/Plan.XLSM"]),
        ((), ("a",), ["Plan.xlsx", "z.xlsx/inside.xlsx"]),
        ((), ("b",), ["Plan.xlsx", "a/Plan.XLSM", "z.xlsx/inside.xlsx"]),
        (("a/*",), ("a/b/*",), ["a/Plan.XLSM"]),
        (("a",), (), []),
    ],
)
def test_patterns(
    tmp_path: Path, include: tuple[str, ...], exclude: tuple[str, ...], wanted: list[str]
) -> None:
    put(tmp_path, *TAKEN)
    assert taken(list(find([tmp_path], Patterns(include, exclude))), tmp_path) == wanted


def test_patterns_do_not_concern_a_file_that_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    assert taken(list(find([tmp_path / "a.xlsx"], Patterns(exclude=["*"]))), tmp_path) == ["a.xlsx"]


def test_nothing_is_found_twice(tmp_path: Path) -> None:
    put(tmp_path, "a/Plan.xlsx", "b/Plan.xlsx")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "zz.xlsx").hardlink_to(tmp_path / "a" / "Plan.xlsx")
    paths = [tmp_path, tmp_path / "a", tmp_path / "b" / ".." / "b" / "Plan.xlsx"]
    found = list(find(paths))
    assert taken(found, tmp_path) == ["a/Plan.xlsx", "b/Plan.xlsx"]
    assert reasons(found) == {"zz.xlsx": f"is the same file as {tmp_path / 'a' / 'Plan.xlsx'}"}


def test_links_are_not_followed_and_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    put(tmp_path, "outside/Plan.xlsx", "tree/Plan.xlsx")
    tree = tmp_path / "tree"
    (tree / "link.xlsx").symlink_to(tmp_path / "outside" / "Plan.xlsx")
    (tree / "folder").symlink_to(tmp_path / "outside")
    (tree / "circle").symlink_to(tree)
    (tree / "gone.xlsx").symlink_to(tree / "nowhere.xlsx")
    os.mkfifo(tree / "pipe.xlsx")
    found = list(find([tree]))
    assert taken(found, tree) == ["Plan.xlsx"]
    assert sorted(reasons(found)) == ["circle", "folder", "gone.xlsx", "link.xlsx", "pipe.xlsx"]
    assert reasons(found)["pipe.xlsx"] == "is not a file"
    assert "is a link" in reasons(found)["folder"]


def test_a_link_that_is_named_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "outside/Plan.xlsx")
    (tmp_path / "tree").symlink_to(tmp_path / "outside")
    assert taken(list(find([tmp_path / "tree"])), tmp_path) == ["tree/Plan.xlsx"]


def test_a_folder_that_cannot_be_read_is_told_as_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a/Plan.xlsx", "shut/Plan.xlsx")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(find([tmp_path]))
    assert taken(found, tmp_path) == ["a/Plan.xlsx"]
    assert [(f.path.name, f.why_not, f.failed) for f in found[1:]] == [
        ("shut", "cannot be read (Permission denied)", True)
    ]


def test_a_path_that_is_not_there_is_said_before_anything_is_found(tmp_path: Path) -> None:
    put(tmp_path, "Plan.xlsx")
    with pytest.raises(BookNotFound, match=r"There is no file or folder .*NoSuch"):
        find([tmp_path, tmp_path / "NoSuch"])


def test_exports_stand_below_their_folder_as_the_workbooks_do(tmp_path: Path) -> None:
    put(tmp_path, "n/one/Plan.xlsx", "n/one/Plan.xlsm", "n/two/Plan.xlsx")
    tree, out = tmp_path / "n", tmp_path / "out"
    paths = [each.path for each in find([tree])]
    places = [export_folder(path, [tree], out).relative_to(out).as_posix() for path in paths]
    assert places == ["one/Plan.xlsm", "one/Plan.xlsx", "two/Plan.xlsx"]
    both = [tree / "one", tree / "two" / "Plan.xlsx"]
    assert export_folder(both[1], both, out) == out / "two" / "Plan.xlsx"
