"""The macros and the ribbon of the built workbook: every part names what is there in the others."""

import inspect
import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from hscb_xl import ribbon as ribbon_functions
from hscb_xl.build import build
from hscb_xl.build.ribbon import parts
from hscb_xl.build.vba import modules
from hscb_xl.importer import read_document
from hscb_xl.importer.imported import Imported
from tests.unit.build import olevba
from tests.unit.build.compound_reader import Compound

EMPTY = Imported("Improvement plan", (), (), ())
NEW, OLD = (f"{{http://schemas.microsoft.com/office/{at}/customui}}" for at in ("2009/07", "2006/01"))
# What the ribbon offers, group by group: the function of hscb_xl.ribbon behind each button.
BUTTONS = {
    "Check": ["check_plan", "next_finding"],
    "Rate": ["refresh_rag", "accept_rating"],
    "Look": ["apply_formatting"],
    "Share": ["export_by_group", "export_by_lead", "export_exceptions", "open_export_folder"],
    "Summary": ["update_summary"],
    "Undo": ["undo_last_run"],
    "Help": ["about", "doctor", "open_log"],
}
# Pictures of Office that ribbons of others use as well; a name that it does not have shows an empty button.
ICONS = set("MacroPlay RefreshAll ChartInsert SortDialog Filter DataValidation".split()) | set(
    "ReviewNewComment AcceptInvitation FileOpen Undo Info Help".split()
)
CALLBACK = re.compile(r"^Public Sub (\w+)\((.*)\)\r\n    RunTask \"(\w+)\"\r\nEnd Sub\r\n", re.MULTILINE)
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
UI = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
LONGEST_TIP = 1024
IDENTIFIED = {"tab", "group", "button"}


@pytest.fixture(scope="module", params=[False, True], ids=["with the add-in", "standalone"])
def standalone(request: pytest.FixtureRequest) -> bool:
    found: bool = request.param
    return found


@pytest.fixture(scope="module")
def built(standalone: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "Plan.xlsm"
    build(EMPTY, path, as_of=None, standalone=standalone)
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


def ribbon(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(next(part.data for part in parts() if part.name.endswith(name)))


def buttons() -> list[ElementTree.Element]:
    return list(ribbon("customUI14.xml").iter(f"{NEW}button"))


def callbacks() -> dict[str, tuple[str, str]]:
    """Every callback's name, with its arguments and the task it runs."""
    [text] = [module.text for module in modules() if module.name == "Ribbon"]
    return {name: (arguments, task) for name, arguments, task in CALLBACK.findall(text)}


def test_every_button_has_a_callback_and_every_callback_a_button() -> None:
    wanted = [button.attrib["onAction"] for button in buttons()]
    assert wanted == [f"Ribbon.{name}" for name in callbacks()]
    assert {arguments for arguments, _ in callbacks().values()} == {"control As IRibbonControl"}
    kinds = {module.name: module.kind for module in modules()}
    assert kinds["Ribbon"] == "standard"


def test_nothing_else_on_the_ribbon_calls_anything() -> None:
    named = {key for element in ribbon("customUI14.xml").iter() for key in element.attrib}
    calls = {key for key in named if key.startswith(("on", "get", "load"))}
    assert calls == {"onAction"}


def test_the_groups_offer_what_was_agreed() -> None:
    tasks = {f"Ribbon.{name}": task for name, (_, task) in callbacks().items()}
    [tab] = ribbon("customUI14.xml").iter(f"{NEW}tab")
    assert tab.attrib["label"] == "Improvement plan"
    offered = {group.attrib["label"]: [tasks[button.attrib["onAction"]] for button in group] for group in tab}
    assert offered == BUTTONS


def test_every_callback_calls_a_function_of_the_ribbon_module() -> None:
    for _, task in callbacks().values():
        called = inspect.signature(getattr(ribbon_functions, task), follow_wrapped=False)
        assert not called.parameters, task


def test_nothing_but_callbacks_runs_a_task() -> None:
    [text] = [module.text for module in modules() if module.name == "Ribbon"]
    assert text.count("RunTask") == len(callbacks()) + 1  # the one more is where it begins


def test_ids_are_there_once() -> None:
    elements = [
        element for element in ribbon("customUI14.xml").iter() if element.tag.removeprefix(NEW) in IDENTIFIED
    ]
    ids = Counter(element.attrib["id"] for element in elements)
    assert len(ids) == len(elements) == 1 + len(BUTTONS) + sum(map(len, BUTTONS.values()))


def test_every_button_explains_itself() -> None:
    for button in buttons():
        assert button.attrib["imageMso"] in ICONS
        assert button.attrib["label"]
        assert button.attrib["screentip"]
        assert button.attrib["supertip"].endswith(".")
        assert len(button.attrib["supertip"]) <= LONGEST_TIP
        assert button.attrib["id"] == button.attrib["onAction"].removeprefix("Ribbon.")


def test_an_icon_promises_what_the_button_does() -> None:
    """None saves or filters anything that has the disk or the funnel, and different verbs look different."""
    icons = {button.attrib["id"]: button.attrib["imageMso"] for button in buttons()}
    assert icons["AcceptRating"] == "AcceptInvitation"
    assert icons["UndoLastRun"] == "Undo"
    assert {icons["OpenExportFolder"], icons["OpenLog"]} == {"FileOpen"}
    assert [name for name, icon in icons.items() if icon == "Filter"] == ["ExportExceptions"]
    alike = Counter(icons.values())
    assert {icon for icon, count in alike.items() if count > 1} == {"FileOpen", "SortDialog"}


def test_key_tips_can_be_told_apart_while_they_are_typed() -> None:
    tips = [button.attrib["keytip"] for button in buttons()]
    assert all(re.fullmatch(r"[A-Z0-9]{1,3}", tip) for tip in tips)
    assert not [one for one, other in permutations(tips, 2) if other.startswith(one)]


def test_the_older_ribbon_is_the_newer_one_in_its_own_namespace() -> None:
    new, old = ribbon("customUI14.xml"), ribbon("customUI.xml")
    assert [(element.tag.replace(OLD, NEW), element.attrib) for element in old.iter()] == [
        (element.tag, element.attrib) for element in new.iter()
    ]
    assert all(element.tag.startswith(OLD) for element in old.iter())


def relationships(path: Path, name: str) -> Iterator[tuple[str, str, str]]:
    for element in ElementTree.fromstring(part(path, name)).iter(RELATIONSHIPS):
        yield element.attrib["Id"], element.attrib["Type"], element.attrib["Target"]


def test_the_package_leads_to_the_ribbon_and_to_the_macros(built: Path) -> None:
    root = list(relationships(built, "_rels/.rels"))
    assert root[-2:] == [
        ("rIdUI06", UI.format("2006"), "customUI/customUI.xml"),
        ("rIdUI14", UI.format("2007"), "customUI/customUI14.xml"),
    ]
    assert len({identity for identity, _, _ in root}) == len(root)
    types = [kind.rpartition("/")[2] for _, kind, _ in relationships(built, "xl/_rels/workbook.xml.rels")]
    assert types.count("vbaProject") == 1
    declared = part(built, "[Content_Types].xml").decode()
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in declared
    assert 'Extension="bin" ContentType="application/vnd.ms-office.vbaProject"' in declared
    assert 'Extension="xml" ContentType="application/xml"' in declared


def test_a_plain_workbook_has_neither(tmp_path: Path) -> None:
    build(EMPTY, tmp_path / "plan.xlsx", as_of=None)
    names = zipfile.ZipFile(tmp_path / "plan.xlsx").namelist()
    assert not [name for name in names if "vba" in name or "customUI" in name]


def test_every_sheet_has_its_document_module(built: Path, standalone: bool) -> None:
    book = openpyxl.load_workbook(built)
    sheets = [sheet.sheet_properties.codeName for sheet in book]
    documents = [module.name for module in modules(standalone=standalone) if module.kind == "document"]
    assert sorted([book.code_name, *sheets]) == sorted(documents)
    bases = {module.name: re.search(r"0\{(\d+)-", module.text) for module in modules()}
    for name in documents:
        found = bases[name]
        assert found is not None
        assert found[1] == ("00020819" if name == book.code_name else "00020820")


def test_olevba_finds_the_sources_in_the_workbook(built: Path, standalone: bool) -> None:
    wanted = {module.name: module.text for module in modules(standalone=standalone)}
    assert {"Ribbon", "Notice", "Python", "ThisWorkbook"} <= wanted.keys()
    assert ("xlwings" in wanted) == standalone
    assert olevba.texts(built.name, built.read_bytes()) == wanted
    assert Compound(part(built, "xl/vbaProject.bin")).problems() == []


def test_the_modules_are_the_files_of_the_sources(project: Path) -> None:
    folder = project / "hscb_xl" / "build" / "vba" / "sources"
    files = {path.stem: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}
    assert {module.name: module.text.replace("\r\n", "\n") for module in modules()} == files


def test_our_own_modules_carry_nothing_of_xlwings() -> None:
    text = "\n".join(module.text for module in modules())
    assert "Application.Run(ADD_IN" in text
    assert not re.search(r"copyright|licen[sc]e|Declare ", text, re.IGNORECASE)


@pytest.mark.parametrize("keep_vba", [True, False])
def test_openpyxl_reads_the_workbook_and_keeps_its_macros(
    built: Path, tmp_path: Path, keep_vba: bool
) -> None:
    book = openpyxl.load_workbook(built, keep_vba=keep_vba)
    assert book.sheetnames[0] == "Plan"
    if keep_vba:
        book.save(tmp_path / "again.xlsm")
        assert part(tmp_path / "again.xlsm", "xl/vbaProject.bin") == part(built, "xl/vbaProject.bin")
        identities = [identity for identity, _, _ in relationships(tmp_path / "again.xlsm", "_rels/.rels")]
        assert len(set(identities)) == len(identities)


def test_the_committed_workbook_is_what_the_sources_make(
    project: Path, source_document: Path, tmp_path: Path
) -> None:
    build(read_document(source_document), tmp_path / "again.xlsm", as_of=None)
    assert named(project / "workbook" / "ImprovementPlan.xlsm") == named(tmp_path / "again.xlsm")


def named(path: Path) -> list[tuple[str, tuple[int, ...], int, bytes]]:
    """The parts in their order, their dates and the system they name; not how they are packed."""
    with zipfile.ZipFile(path) as package:
        return [
            (info.filename, info.date_time, info.create_system, package.read(info))
            for info in package.infolist()
        ]


def test_every_source_is_in_an_installed_package(project: Path) -> None:
    """What setuptools packs, by the patterns of pyproject.toml; a wheel is not built for it."""
    patterns = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    packed = patterns["tool"]["setuptools"]["package-data"]
    found: set[Path] = set()
    for package, globs in packed.items():
        folder = project / package.replace(".", "/")
        found |= {path for pattern in globs for path in folder.glob(pattern)}
    build_folder = project / "hscb_xl" / "build"
    data = {path for path in build_folder.rglob("*") if path.suffix in (".bas", ".cls", ".xml")}
    assert data <= found
    assert len(data) == 14
