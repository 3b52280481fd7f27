"""The pictures of the docs: the ribbon's are those of its XML, and none is missing, large or unused."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image

MOST = 200_000
SVG = "{http://www.w3.org/2000/svg}"
UI = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def drawings(project: Path) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("script_drawings", project / "scripts" / "drawings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look themselves up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def pictures(project: Path) -> Path:
    return project / "docs" / "pictures"


def texts(path: Path) -> list[str]:
    return [element.text or "" for element in ElementTree.parse(path).iter(f"{SVG}text")]


def test_every_drawing_is_as_its_script_makes_it(drawings: ModuleType, pictures: Path) -> None:
    made = drawings.drawings()
    assert {path.name for path in pictures.glob("*.svg")} == set(made)
    for name, drawing in made.items():
        assert (pictures / name).read_text("utf-8") == drawing, f"{name}: run scripts/pictures.py"


def test_the_ribbon_shows_every_label_of_its_xml_once(project: Path, pictures: Path) -> None:
    """The labels are read here by other means than the script's; a large button's stands on two lines."""
    xml = (project / "hscb_xl" / "build" / "ribbon" / "customUI14.xml").read_text("utf-8")
    labels = re.findall(r'<(?:tab|group|button)\b[^>]*?\blabel="([^"]+)"', xml)
    shown = texts(pictures / "ribbon.svg")
    assert len(labels) == 1 + 7 + 14
    assert sorted(" ".join(shown).split()) == sorted(" ".join(["Home", *labels]).split())


def test_every_icon_of_the_ribbon_is_drawn_and_no_other(drawings: ModuleType) -> None:
    icons = set(re.findall(r'imageMso="(\w+)"', drawings.XML.read_text("utf-8")))
    assert icons == drawings._SHAPES.keys()


def test_the_framed_button_is_the_one_in_the_file_s_name(pictures: Path) -> None:
    framed = sorted(pictures.glob("button-*.svg"))
    assert len(framed) == 6
    for path in framed:
        assert path.read_text("utf-8").count('stroke="#107c41"') == 1, path.name


def test_another_label_changes_the_drawing(
    drawings: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "customUI14.xml"
    changed.write_text(
        drawings.XML.read_text("utf-8").replace('label="Refresh RAG"', 'label="Rate &lt; all"')
    )
    before = drawings.drawings()
    monkeypatch.setattr(drawings, "XML", changed)
    after = drawings.drawings()
    different = {name for name in before if before[name] != after[name]}
    assert different == {"ribbon.svg", "button-RefreshRag.svg", "button-AcceptRating.svg"}
    assert "&lt; all" in after["ribbon.svg"]


def test_the_sheets_drawn_are_the_workbook_s(drawings: ModuleType, project: Path) -> None:
    book = openpyxl.load_workbook(project / "workbook" / "ImprovementPlan.xlsm", read_only=True)
    assert book.sheetnames == drawings.SHEETS
    book.close()


def test_every_picture_is_used_and_small(project: Path, pictures: Path) -> None:
    pages = [project / "README.md", *(project / "docs").glob("*.md")]
    used = {
        Path(name).name
        for page in pages
        for name in re.findall(r"\]\(([^)]+\.(?:png|svg))\)", page.read_text("utf-8"))
    }
    there = {path.name: path.stat().st_size for path in pictures.iterdir()}
    assert used == there.keys()
    assert {name: size for name, size in there.items() if size > MOST} == {}


def test_every_picture_of_the_page_says_what_it_shows(project: Path) -> None:
    page = (project / "docs" / "officers.md").read_text("utf-8")
    said = re.findall(r"!\[([^\]]*)\]", page)
    assert len(said) == 16
    assert all(len(text) > 15 for text in said)
    assert len(set(said)) == len(said)


@pytest.mark.libreoffice
def test_the_script_makes_every_picture(project: Path, pictures: Path, tmp_path: Path) -> None:
    """Of the size that is in the docs, but for fonts: what is cut off, or another sheet, has another."""
    subprocess.run([sys.executable, str(project / "scripts" / "pictures.py"), str(tmp_path)], check=True)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in pictures.iterdir()}
    for made in sorted(tmp_path.glob("*.png")):
        with Image.open(made) as new, Image.open(pictures / made.name) as shown:
            assert new.size == pytest.approx(shown.size, rel=0.05), made.name
