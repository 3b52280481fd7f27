"""Parts, relationships and content types, in all the ways that packages write them."""

from pathlib import Path

import pytest

from hscb_xl.errors import (
    BookChanged,
    BookNotFound,
    DamagedBook,
    EncryptedBook,
    NotAWorkbook,
    PlanError,
    UnsafeEdit,
)
from hscb_xl.ooxml.package.package import Package
from tests.unit.ooxml import made

PARTS = made.parts({"Plan": made.worksheet()})
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TARGETS = [
    ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("./worksheets/../worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("../docProps/app.xml", "docProps/app.xml"),
]


@pytest.mark.parametrize(("written", "part"), TARGETS)
def test_a_target_is_read_from_where_its_part_lies(written: str, part: str) -> None:
    rels = made.relationships(made.relationship("rId1", "worksheet", written))
    package = made.package(PARTS | {"xl/_rels/workbook.xml.rels": rels})
    assert [r.target for r in package.relationships("xl/workbook.xml")] == [part]
    assert package.related("xl/workbook.xml", "worksheet") == part


def test_an_external_target_is_no_part() -> None:
    link = made.relationship("rId1", "hyperlink", "https://example.org/a b", ' TargetMode="External"')
    package = made.package(PARTS | {"xl/_rels/workbook.xml.rels": made.relationships(link)})
    assert [r.target for r in package.relationships("xl/workbook.xml")] == ["https://example.org/a b"]
    assert package.related("xl/workbook.xml", "hyperlink") is None


def test_a_part_is_found_whatever_its_case_or_slashes() -> None:
    package = made.package({name.replace("/", "\\"): data for name, data in PARTS.items()})
    assert package.read("/XL/WorkBook.xml") == PARTS["xl/workbook.xml"]
    package.write("xl/workbook.xml", b"<workbook/>")
    assert "xl\\workbook.xml" in package.names
    assert "xl/workbook.xml" not in package.names


def test_content_types_are_by_name_before_extension() -> None:
    package = made.package(PARTS)
    assert package.content_type("xl/workbook.xml") == f"{made.TYPES}.sheet.main+xml"
    assert package.content_type("xl/_rels/WORKBOOK.xml.RELS") == (
        "application/vnd.openxmlformats-package.relationships+xml"
    )
    assert package.content_type("xl/media/image.png") is None


def test_a_new_part_is_declared_related_and_removed_without_a_trace() -> None:
    package = made.package(PARTS)
    before = package.to_bytes()
    part = package.fresh_name("xl/worksheets/sheet{}.xml")
    package.write(part, made.worksheet())
    package.set_content_type(part, f"{made.TYPES}.worksheet+xml")
    assert package.relate("xl/workbook.xml", f"{made.OFFICE}/worksheet", part) == "rId2"
    assert package.relate(part, f"{made.OFFICE}/table", "xl/tables/table1.xml") == "rId1"
    assert package.relationships(part)[0].target == "xl/tables/table1.xml"
    assert b'Target="../tables/table1.xml"' in package.read("xl/worksheets/_rels/sheet2.xml.rels")
    package.unrelate("xl/workbook.xml", part)
    package.remove(part)
    assert not package.changed
    assert package.to_bytes() == before


def test_what_is_remembered_of_a_part_is_forgotten_when_it_changes() -> None:
    package, part = made.package(PARTS), "xl/workbook.xml"
    assert package.tree(part) is package.tree("XL/Workbook.xml")
    before = package.relationships(part)
    before.clear()  # it is the caller's own
    kinds = [relationship.kind for relationship in package.relationships(part)]
    package.write("xl/new.xml", b"<new/>")
    identity = package.relate(part, "http://example.org/new", "xl/new.xml")
    assert [r.kind for r in package.relationships(part)] == [*kinds, "new"]
    assert package.tree("xl/new.xml")[1].local == "new"
    package.write("xl/new.xml", b"<other/>")
    assert package.tree("xl/new.xml") == (b"<other/>", package.tree("xl/new.xml")[1])
    assert package.tree("xl/new.xml")[1].local == "other"
    package.unrelate(part, "xl/new.xml")
    assert identity not in [relationship.id for relationship in package.relationships(part)]
    package.remove("xl/new.xml")
    with pytest.raises(DamagedBook, match="is missing"):
        package.tree("xl/new.xml")


def test_what_is_removed_and_written_again_is_there() -> None:
    package = made.package(PARTS)
    package.remove("xl/worksheets/sheet1.xml")
    assert "xl/worksheets/sheet1.xml" not in package
    package.write("xl/worksheets/sheet1.xml", b"<a/>")
    assert package.read("xl/worksheets/sheet1.xml") == b"<a/>"


NO_WORKBOOKS = [
    ("an empty file", b"", NotAWorkbook),
    ("text", b"No,Action\n", NotAWorkbook),
    ("an old workbook", COMPOUND + b"Workbook".ljust(500, b"\0"), NotAWorkbook),
    ("a password", COMPOUND + "EncryptedPackage".encode("utf-16-le"), EncryptedBook),
    ("another zip file", made.zipped({"a.txt": b"a"}), NotAWorkbook),
    ("a zip file cut short", made.zipped(PARTS)[:-9], DamagedBook),
]


@pytest.mark.parametrize(
    ("data", "error"), [case[1:] for case in NO_WORKBOOKS], ids=[case[0] for case in NO_WORKBOOKS]
)
def test_what_is_no_workbook_is_refused_by_name(tmp_path: Path, data: bytes, error: type[PlanError]) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    with pytest.raises(error, match=r"plan\.xlsx"):
        Package.open(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BookNotFound, match="There is no file"):
        Package.open(tmp_path / "plan.xlsx")
    with pytest.raises(NotAWorkbook, match="is a folder"):
        Package.open(tmp_path)


def test_a_signed_package_is_refused_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.zipped(PARTS | {"_xmlsignatures/sig1.xml": b"<Signature/>"}))
    package = Package.open(path)
    assert package.save(path) is False
    package.write("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(UnsafeEdit, match="digitally signed"):
        package.save(path)


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.zipped(PARTS))
    package = Package.open(path)
    theirs = made.zipped(PARTS | {"theirs.xml": b"<a/>"})
    path.write_bytes(theirs)
    package.write("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(BookChanged, match="somebody else"):
        package.save(path)
    assert path.read_bytes() == theirs
    assert package.save(tmp_path / "other.xlsx") is True


def test_a_file_that_went_away_meanwhile_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.zipped(PARTS))
    package = Package.open(path)
    path.unlink()
    with pytest.raises(BookChanged, match="moved or deleted meanwhile"):
        package.save(tmp_path / "folder" / ".." / "plan.xlsx")
    assert not path.exists()
    assert package.save(tmp_path / "other.xlsx") is True


def test_an_error_inside_a_part_names_the_file_and_the_part() -> None:
    package = made.package(PARTS | {"xl/workbook.xml": b"<workbook>"})
    with pytest.raises(DamagedBook, match=r"^plan\.xlsx, xl/workbook\.xml: .*not well-formed"):
        package.tree("xl/workbook.xml")
    with pytest.raises(DamagedBook, match=r"^plan\.xlsx: the part xl/no\.xml is missing"):
        package.read("xl/no.xml")
