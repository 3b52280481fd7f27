"""What the program needs in xlwings.conf, set and taken out again without harm to what others have there.

A key that another program may have set is not merely overwritten: what it was is kept in a line of its own
(``HSCB_XL WAS INTERPRETER_WIN``), which xlwings ignores, and comes back when the program is removed.
"""

import locale
import re
from collections.abc import Mapping
from pathlib import PureWindowsPath

from hscb_xl.desk.conf import Conf
from hscb_xl.desk.system import Desk
from hscb_xl.errors import OutputProblem, WrongState

MODULE = "hscb_xl.udfs"
MODULES = "UDF MODULES"
SERVER = "USE UDF SERVER"
FOLDER = "ADD_WORKBOOK_TO_PYTHONPATH"
"""Whether Python looks into the workbook's folder, before its own, for what it is to run."""
_FLAGS = {SERVER: "True", FOLDER: "False"}
_WAS = "HSCB_XL WAS "
_PLAIN = re.compile(r"[\w/.,:@%+-]*")


def read(desk: Desk) -> Conf:
    """The user's configuration, empty where there is none yet; OutputProblem where it cannot be read."""
    path = desk.configuration
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as problem:
        raise OutputProblem(
            f"{path} cannot be read ({problem.strerror or problem}): "
            "allow this user to read and write it, or delete it, and run the command again."
        ) from problem
    return Conf.read(data, locale.getencoding(), b"\r\n" if desk.system == "windows" else b"\n")


def interpreter_key(desk: Desk) -> str:
    """The key under which the add-in on this system finds Python."""
    return "INTERPRETER_MAC" if desk.system == "mac" else "INTERPRETER_WIN"


def needed(desk: Desk) -> Mapping[str, str]:
    """The keys that must have one value; the list of UDF modules is another matter, it has room for more."""
    known = {interpreter_key(desk): desk.interpreter, FOLDER: _FLAGS[FOLDER]}
    return known if desk.system == "mac" else {**known, SERVER: _FLAGS[SERVER]}


def refuse_place(desk: Desk) -> None:
    """Raise WrongState where Excel could not start this Python from its folder.

    On a Mac, xlwings' script gives the path to the shell without quotation marks.
    """
    if desk.system == "mac" and not _PLAIN.fullmatch(desk.interpreter):
        raise WrongState(
            f"{desk.interpreter} has a space or a sign in its name, and Excel on a Mac cannot start it: "
            "move the program to a folder such as /Applications/hscb-xl and run scripts/run.py there."
        )


def is_right(key: str, value: str | None, desk: Desk) -> bool:
    """Whether a value does what is needed of the key."""
    if value is None:
        return False
    if key in _FLAGS:
        return value.lower() == _FLAGS[key].lower()
    return _place(value, desk) == _place(desk.interpreter, desk)


def modules(conf: Conf) -> list[str]:
    """The modules whose worksheet functions the add-in is to import."""
    return [name for name in (conf.value(MODULES) or "").split(";") if name.strip()]


def put(conf: Conf, desk: Desk) -> tuple[Conf, list[str]]:
    """The configuration with all that is needed, and a sentence on each key."""
    said = []
    for key, value in needed(desk).items():
        conf, sentence = _put(conf, key, value, desk)
        said.append(sentence)
    if desk.system == "mac":
        return conf, said
    listed = modules(conf)
    if MODULE in listed:
        return conf, [*said, f"{MODULES} names {MODULE} already."]
    return conf.having(MODULES, ";".join([*listed, MODULE])), [*said, f"{MODULES} names {MODULE} now."]


def _put(conf: Conf, key: str, value: str, desk: Desk) -> tuple[Conf, str]:
    before = conf.value(key)
    if is_right(key, before, desk):
        return conf, f"{key} is {before} already."
    if conf.value(_WAS + key) is None:
        conf = conf.having(_WAS + key, before or "")
    return conf.having(key, value), f"{key} is {value} now{f' (it was {before})' if before else ''}."


def take_out(conf: Conf, desk: Desk) -> tuple[Conf, list[str]]:
    """The configuration as before ``put``, where nobody changed it since, and a sentence on each key."""
    said = []
    for key in needed(desk):
        conf, sentence = _take_out(conf, key, desk)
        said.append(sentence)
    if desk.system == "mac":
        return conf, said
    listed = modules(conf)
    if MODULE not in listed:
        return conf, [*said, f"{MODULES} does not name {MODULE}."]
    rest = ";".join(name for name in listed if name != MODULE)
    conf = conf.having(MODULES, rest) if rest else conf.without(MODULES)
    return conf, [*said, f"{MODULES} does not name {MODULE} any more."]


def _take_out(conf: Conf, key: str, desk: Desk) -> tuple[Conf, str]:
    now, before = conf.value(key), conf.value(_WAS + key)
    conf = conf.without(_WAS + key)
    if before is None:
        return conf, f"{key} was not set by this program and stays as it is."
    if not is_right(key, now, desk):
        return conf, f"{key} was changed since and stays as it is."
    if before:
        return conf.having(key, before), f"{key} is {before} again."
    return conf.without(key), f"{key} is taken out."


def _place(interpreter: str, desk: Desk) -> tuple[str, str]:
    """Where a Python lies: ``pythonw.exe`` beside ``python.exe`` starts the same one."""
    if desk.system == "mac":
        folder, _, name = interpreter.rpartition("/")
        return folder, "python" if name.startswith("python") else name
    path = PureWindowsPath(interpreter)
    folder, name = str(path.parent).lower(), path.name.lower()
    return folder, "python" if name.startswith("python") else name
