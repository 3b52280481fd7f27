"""The VBA project that we write, read back by olefile, by olevba and by the readers beside this file."""

import io
import random
import re
import string
import zipfile
from collections.abc import Callable
from importlib.util import spec_from_file_location
from itertools import permutations
from pathlib import Path

import olefile
import pytest
import xlwings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hscb_xl.build.vba import Module, modules, ovba, vba_project
from hscb_xl.build.vba.compound import compound_file
from hscb_xl.errors import OutputProblem
from tests.unit.build import olevba, project_reader
from tests.unit.build.compound_reader import Compound

XLWINGS = Path(xlwings.__path__[0])
SHIPPED = ("quickstart.xlsm", "quickstart_standalone.xlsm", "quickstart_addin.xlam", "addin/xlwings.xlam")
WITHOUT_CACHE = ("quickstart_standalone.xlsm", "addin/xlwings.xlam")
LETTERS = (
    "".join(chr(code) for code in range(0x100) if re.fullmatch(r"\w", chr(code)))
    + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
)
WORDS = ("Dim", "zähler", "As", "String", "=", '"Ünïcode – € “x”"', "Next", "End Sub", "' naïve", "(1, 2)")
SEED_WITHOUT_REPETITION = 1
"""Random bytes that begin so have no three in a row twice."""
CLASS_HEAD = 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'


def lines(rng: random.Random, size: int) -> str:
    out: list[str] = []
    while sum(map(len, out)) < size:
        out.append(" ".join(rng.choices(WORDS, k=rng.randint(1, 12))) + "\r\n")
    return "".join(out)[:size]


def noise(rng: random.Random, size: int) -> str:
    return "".join(rng.choices(LETTERS, k=size))


def same(rng: random.Random, size: int) -> str:
    return rng.choice("'ü€") * size


SIZES = st.one_of(
    st.integers(0, 300),
    st.sampled_from([3640, 3641, 4095, 4096, 4097, 8191, 8192, 8193]),
    st.integers(0, 9000),
    st.just(60_000),
)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_éÄß]{0,30}", fullmatch=True).filter(
    lambda name: name.lower() not in ("dir", "_vba_project", "project", "projectwm")
)


@st.composite
def projects(draw: st.DrawFn) -> list[Module]:
    names = draw(st.lists(NAMES, min_size=1, max_size=20, unique_by=lambda name: name.upper()))
    big = draw(st.integers(0, len(names)))  # one of them may be large; twenty would only take longer
    rng = random.Random(draw(st.integers(0, 2**32)))
    found = []
    for number, name in enumerate(names):
        size = draw(SIZES) if number == big else rng.randint(0, 400)
        kind = rng.choice(("document", "standard", "class"))
        head = f'Attribute VB_Name = "{name}"\r\n' + ("" if kind == "standard" else CLASS_HEAD)
        found.append(Module(name, kind, head + rng.choice((lines, noise, same))(rng, size)))
    return found


read_back = {"projects": 0, "modules": 0, "raw": 0}


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def read_one_back(wanted: list[Module]) -> None:
    data = vba_project(wanted)
    compound = Compound(data)
    assert compound.problems() == []
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as ole:
        assert ole.parsing_issues == []
        content = {tuple(path): ole.openstream(path).read() for path in ole.listdir()}
    own = compound.content()
    assert content == {("VBA", name): value for name, value in own["VBA"].items()} | {
        (name,): own[name] for name in ("PROJECT", "PROJECTwm")
    }
    texts = {module.name: module.text for module in wanted}
    for name, text in texts.items():
        assert expanded(content["VBA", name], text) == text
    assert_listed(content, wanted)
    read_back["projects"] += 1
    read_back["modules"] += len(wanted)


def expanded(packed: bytes, text: str) -> str:
    """The text; its last chunk may be filled with zeros where it was kept as it was."""
    raw = project_reader.decompressed(packed)
    if len(raw) > len(text):
        read_back["raw"] += 1
        assert len(raw) % 4096 == 0
        assert not any(raw[len(text) :])
    return raw[: len(text)].decode("cp1252")


def assert_listed(content: dict[tuple[str, ...], bytes], wanted: list[Module]) -> None:
    listed = project_reader.directory(project_reader.decompressed(content["VBA", "dir"]))
    names = [module.name for module in listed.modules]
    assert {module.name: module.kind == 0x21 for module in listed.modules} == {
        module.name: module.kind == "standard" for module in wanted
    }
    assert all((module.stream, module.offset) == (module.name, 0) for module in listed.modules)
    properties, workspace = project_reader.project(content["PROJECT",])
    assert project_reader.kept_names(content["PROJECTwm",]) == workspace == names
    for key, kind, ending in (
        ("Document", "document", "/&H00000000"),
        ("Module", "standard", ""),
        ("Class", "class", ""),
    ):
        assert sorted(properties.get(key, [])) == sorted(m.name + ending for m in wanted if m.kind == kind)


def test_random_projects_are_read_back(record_property: Callable[[str, object], None]) -> None:
    read_one_back()
    for key, count in read_back.items():
        record_property(key, count)
    assert read_back["projects"] >= 200
    assert read_back["modules"] > 2 * read_back["projects"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_olevba_reads_the_texts(wanted: list[Module]) -> None:
    found = olevba.texts("vbaProject.bin", vba_project(wanted))
    found = {name: text.rstrip("\0") for name, text in found.items()}
    assert found == {module.name: module.text for module in wanted}


PATTERN = bytes(range(251))  # of a length that no sector has
BOUNDARIES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000])
CONTENT = st.recursive(
    BOUNDARIES.map(lambda size: (PATTERN * (size // len(PATTERN) + 1))[:size]),
    lambda inner: st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=31), inner, max_size=40),
    max_leaves=40,
).filter(lambda content: isinstance(content, dict) and distinct(content))


def distinct(content: object) -> bool:
    return not isinstance(content, dict) or (
        len({name.upper() for name in content}) == len(content) and all(map(distinct, content.values()))
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONTENT)
def test_a_container_of_any_shape_keeps_the_rules(content: dict[str, object]) -> None:
    compound = Compound(compound_file(content))
    assert compound.problems() == []
    assert compound.content() == content


@pytest.mark.parametrize("count", [*range(1, 70), 700])
def test_siblings_hang_in_a_red_black_tree(count: int) -> None:
    compound = Compound(compound_file({f"S{number}": b"" for number in range(count)}))
    assert compound.problems() == []
    assert len(list(compound.tree(compound.lines[0].child))) == count


def test_the_fat_grows_with_the_file_and_ends_at_what_a_header_names() -> None:
    for size in (127 * 512 - 2048, 127 * 512 - 512, 127 * 512, 3_000_000):
        compound = Compound(compound_file({"Big": bytes(size)}))
        assert compound.problems() == []
    with pytest.raises(ValueError, match="7 MB"):
        compound_file({"Big": bytes(7_200_000)})


@pytest.mark.parametrize("names", [("a/b",), ("",), ("x" * 32,), ("Same", "SAME")])
def test_names_that_a_container_does_not_take(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="name"):
        compound_file(dict.fromkeys(names, b""))


# The examples of [MS-OVBA], sections 3.2.1 to 3.2.3; the second one may be packed in other ways, as long.
EXAMPLES = [
    (b"abcdefghijklmnopqrstuv.", "0119B000616263646566676800696A6B6C6D6E6F70007172737475762E"),
    (b"a" * 73, "0103B002614500"),
]
OTHER_WAY = (
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
    "012FB000236161616263646582660070616768696A013808616B6C00306D6E6F700671027004107273747576107778797A003C",
)


@pytest.mark.parametrize(("text", "packed"), EXAMPLES)
def test_the_published_examples(text: bytes, packed: str) -> None:
    assert ovba.compress(text).hex().upper() == packed
    assert project_reader.decompressed(bytes.fromhex(packed)) == text


def test_the_published_example_that_leaves_a_choice() -> None:
    text, packed = OTHER_WAY
    assert project_reader.decompressed(bytes.fromhex(packed)) == text
    assert len(ovba.compress(text)) == len(packed) // 2
    assert project_reader.decompressed(ovba.compress(text)) == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=700).map(lambda seed: seed * 20), st.integers(0, 9000))
def test_what_is_compressed_is_read_back(data: bytes, cut: int) -> None:
    read = project_reader.decompressed(ovba.compress(data[:cut]))
    assert read[: len(data[:cut])] == data[:cut]
    assert len(ovba.compress(data[:cut])) <= cut * 4098 // 4096 + 4099


@pytest.mark.parametrize(("size", "flag"), [(3640, 0xB), (3641, 0x3)])
def test_a_chunk_that_would_grow_is_kept_as_it_is(size: int, flag: int) -> None:
    data = random.Random(SEED_WITHOUT_REPETITION).randbytes(size)
    packed = ovba.compress(data)
    assert packed[2] >> 4 == flag
    assert len(packed) == (1 + 2 + 3640 + 455 if flag == 0xB else 1 + 2 + 4096)
    assert project_reader.decompressed(packed).rstrip(b"\0") == data.rstrip(b"\0")


def test_the_order_of_modules_does_not_matter() -> None:
    some = [module for module in modules() if module.name in ("Ribbon", "shPlan", "Notice", "ThisWorkbook")]
    assert len({vba_project(order) for order in permutations(some)}) == 1


def module(name: str, text: str | None = None) -> Module:
    return Module(name, "standard", f'Attribute VB_Name = "{name}"\r\n' if text is None else text)


@pytest.mark.parametrize(
    "wrong",
    [
        [module("x" * 32)],
        [module("1st")],
        [module("a b")],
        [module("dir")],
        [module("One"), module("One")],
        [module("One"), module("ONE")],
        [module("One", 'Attribute VB_Name = "Two"\r\n')],
        [module("One", "Sub A()\r\nEnd Sub\r\n")],
        [module("One", 'Attribute VB_Name = "One"\r\n\' Ω\r\n')],
    ],
    ids=lambda wrong: "+".join(one.name[:9] for one in wrong),
)
def test_what_excel_would_not_take_is_refused(wrong: list[Module]) -> None:
    with pytest.raises(ValueError):
        vba_project(wrong)


def shipped(name: str) -> dict[tuple[str, ...], bytes]:
    with zipfile.ZipFile(XLWINGS / name) as package:
        data = package.read("xl/vbaProject.bin")
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return {tuple(path): ole.openstream(path).read() for path in ole.listdir()}


def ours() -> dict[tuple[str, ...], bytes]:
    own = Compound(vba_project(modules())).content()
    return {("VBA", name): value for name, value in own["VBA"].items()} | {
        (name,): value for name, value in own.items() if name != "VBA"
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_our_readers_understand_what_xlwings_ships(name: str) -> None:
    content = shipped(name)
    listed = project_reader.directory(project_reader.decompressed(content["VBA", "dir"]))
    names = [found.name for found in listed.modules]
    properties, workspace = project_reader.project(content["PROJECT",])
    assert project_reader.kept_names(content["PROJECTwm",]) == workspace == names
    documents = [entry.removesuffix("/&H00000000") for entry in properties["Document"]]
    assert sorted(documents + properties["Module"] + properties.get("Class", [])) == sorted(names)
    for found in listed.modules:
        text = project_reader.decompressed(content["VBA", found.stream][found.offset :])
        assert text.startswith(f'Attribute VB_Name = "{found.name}"'.encode())
        assert found.kind == (0x21 if found.name in properties["Module"] else 0x22)


@pytest.mark.parametrize("name", WITHOUT_CACHE)
def test_our_project_is_built_like_those_that_xlwings_ships(name: str) -> None:
    theirs, own = shipped(name), ours()
    mine = project_reader.directory(project_reader.decompressed(own["VBA", "dir"]))
    other = project_reader.directory(project_reader.decompressed(theirs["VBA", "dir"]))
    head = [identity for identity, _ in mine.records]
    assert head[:15] == [identity for identity, _ in other.records][:15]
    fixed = (0x01, 0x02, 0x14, 0x03, 0x07, 0x08)
    assert [dict(mine.records)[key] for key in fixed] == [dict(other.records)[key] for key in fixed]
    assert {found.ids for found in mine.modules} == {found.ids for found in other.modules}
    libraries = {content for identity, content in other.records if identity == 0x0D}
    assert dict(mine.records)[0x0D] in libraries  # Office's, which is the last one
    assert own["VBA", "_VBA_PROJECT"][:4] == theirs["VBA", "_VBA_PROJECT"][:4]
    found = next(one for one in other.modules if one.name == "ThisWorkbook")
    text = project_reader.decompressed(theirs["VBA", "ThisWorkbook"][found.offset :])
    assert project_reader.decompressed(own["VBA", "ThisWorkbook"]).startswith(text)


def test_the_references_of_the_add_in_of_xlwings_are_ours() -> None:
    theirs = project_reader.directory(
        project_reader.decompressed(shipped("addin/xlwings.xlam")["VBA", "dir"])
    )
    mine = project_reader.directory(project_reader.decompressed(ours()["VBA", "dir"]))
    keys = (0x16, 0x3E, 0x0D)
    assert [record for record in mine.records if record[0] in keys] == [
        record for record in theirs.records if record[0] in keys
    ]


PROTECTION = [("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")]


@pytest.mark.parametrize(("key", "content"), PROTECTION)
def test_the_protection_protects_nothing(key: str, content: bytes) -> None:
    for streams in (ours(), shipped("quickstart.xlsm"), shipped("quickstart_standalone.xlsm")):
        properties, _ = project_reader.project(streams["PROJECT",])
        [digits], [identity] = properties[key], properties["ID"]
        guid = sum(identity.strip('"').encode()) & 0xFF
        assert project_reader.decrypted(digits.strip('"')) == (2, guid, content)


def test_the_standalone_modules_are_those_that_xlwings_ships() -> None:
    theirs = shipped("quickstart_standalone.xlsm")
    listed = project_reader.directory(project_reader.decompressed(theirs["VBA", "dir"]))
    own = {one.name: one for one in modules(standalone=True)}
    assert (own["xlwings"].kind, own["Dictionary"].kind) == ("standard", "class")
    assert own["xlwings"].text.splitlines() == (XLWINGS / "xlwings.bas").read_text("cp1252").splitlines()
    found = next(one for one in listed.modules if one.name == "Dictionary")
    text = project_reader.decompressed(theirs["VBA", "Dictionary"][found.offset :]).decode("cp1252")
    without_description = re.sub(r"Attribute VB_Description = .*\r\n", "", text)
    # Their editor wrote Err as err in it once; to VBA that is the same.
    assert own["Dictionary"].text.casefold() == without_description.casefold()
    assert own["Python"].text != next(one for one in modules() if one.name == "Python").text


def test_a_missing_module_of_xlwings_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xlwings").mkdir()
    (tmp_path / "xlwings" / "__init__.py").write_text("")
    spec = spec_from_file_location("xlwings", tmp_path / "xlwings" / "__init__.py")
    monkeypatch.setattr("hscb_xl.build.vba.texts.find_spec", lambda _: spec)
    with pytest.raises(OutputProblem, match="install xlwings again"):
        modules(standalone=True)
