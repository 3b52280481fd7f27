"""docs/engine.md names every public member of the engine's objects, and none that is not there."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import hscb_xl.engine
from hscb_xl.engine.declared import Declared

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(hscb_xl.engine.__path__, "hscb_xl.engine.")
]
CLASSES = {
    name: cls
    for module in MODULES
    for name, cls in inspect.getmembers(module, inspect.isclass)
    if issubclass(cls, Declared) and cls.__module__ == module.__name__ and cls is not Declared
}


@pytest.fixture(scope="module")
def listed(project: Path) -> dict[str, set[str]]:
    """The members that the page lists, by object; words of xlwings in an explanation are left out."""
    page = (project / "docs" / "engine.md").read_text("utf-8")
    rows = re.findall(r"^\| `([A-Z]\w+)` \| (.*) \|$", page, re.MULTILINE)
    explained = r"\([^()]*\)|, which `value` and every converter build on"
    return {name: set(re.findall(r"`(\w+)`", re.sub(explained, "", members))) for name, members in rows}


def test_every_object_is_on_the_page(listed: dict[str, set[str]]) -> None:
    assert set(listed) == set(CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_every_member_is_on_the_page_and_no_other(listed: dict[str, set[str]], name: str) -> None:
    members = {member for member in dir(CLASSES[name]) if not member.startswith("_")}
    assert listed[name] == members


@pytest.mark.parametrize("name", CLASSES)
def test_every_other_member_says_that_it_is_not_there(name: str) -> None:
    made = object.__new__(CLASSES[name])
    with pytest.raises(NotImplementedError, match=rf"{name}\.freeze is not supported.*docs/engine\.md"):
        _ = made.freeze
    with pytest.raises(NotImplementedError, match=rf"{name}\.freeze is not supported"):
        made.freeze = True
    assert not hasattr(made, "__wrapped__")
