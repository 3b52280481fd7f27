"""Custom properties, and the sensitivity label in them or in a part of its own."""

import zipfile
from pathlib import Path

import pytest

from hscb_xl.base.facts import Label
from hscb_xl.errors import DamagedBook, OverLimit
from hscb_xl.ooxml.book import customprops
from hscb_xl.ooxml.package.package import Package
from tests.labels import INFO, LABELLED, NAME, labelled

GUID = NAME.split("_")[2]


@pytest.fixture
def plain(project: Path) -> Path:
    return project / "workbook" / "ImprovementPlan.xlsm"


@pytest.mark.parametrize("kind", sorted(LABELLED))
def test_a_label_is_read_from_where_office_puts_it(plain: Path, tmp_path: Path, kind: str) -> None:
    package = Package.open(labelled(plain, tmp_path / "a.xlsm", kind))
    found = customprops.label(package)
    assert found is not None
    properties, info = LABELLED[kind]
    assert dict(found.properties) == properties
    assert found.info == info
    assert found.name == ("OFFICIAL-SENSITIVE & <local>" if properties else GUID)


def test_a_book_without_one_has_none(plain: Path) -> None:
    assert customprops.label(Package.open(plain)) is None


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({f"MSIP_Label_{GUID}_Enabled": "false", f"MSIP_Label_{GUID}_Name": "Old"}, ""),
        ({f"MSIP_Label_{GUID}_Enabled": "True"}, GUID),
        ({"MSIP_Label_a_Enabled": "true", "MSIP_Label_a_Name": "Internal",
          "MSIP_Label_b_Enabled": "true", "MSIP_Label_b_Name": "Staff"}, "Internal, Staff"),
        ({"msip_label_A_enabled": "TRUE", "MSIP_LABEL_a_name": "Shouted\n"}, "Shouted\\n"),
    ],
)  # fmt: skip
def test_the_name_is_of_the_label_in_force(properties: dict[str, str], name: str) -> None:
    assert Label(tuple(properties.items())).name == name


def test_a_removed_label_has_no_name(plain: Path, tmp_path: Path) -> None:
    gone = INFO.replace(b'removed="0"', b'removed="1"')
    found = customprops.label(Package.open(labelled(plain, tmp_path / "a.xlsm", "part", info=gone)))
    assert found is not None
    assert (found.name, found.info) == ("", gone)


def test_a_label_of_no_reasonable_size_is_refused(plain: Path, tmp_path: Path) -> None:
    path = labelled(plain, tmp_path / "a.xlsm", "properties", more={"MSIP_Label_x_Name": "x" * (1 << 20)})
    with pytest.raises(OverLimit, match="sensitivity label of 2 MB"):
        customprops.label(Package.open(path))


def test_a_damaged_part_is_an_error_and_never_no_label(plain: Path, tmp_path: Path) -> None:
    path = labelled(plain, tmp_path / "a.xlsm", "part", info=b"<half")
    with pytest.raises(DamagedBook, match="LabelInfo"):
        customprops.label(Package.open(path))
    assert zipfile.is_zipfile(path)
