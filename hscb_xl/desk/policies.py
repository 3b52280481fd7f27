r"""What Windows' registry says about macros, trusted folders and programs that Office starts; only read.

The sources are Microsoft's administrative templates for Office (Excel's "Macro Notification Settings",
"Block macros from running in Office files from the Internet" and "Trusted Locations") and the list of
Defender's rules for attack surface reduction. A policy of the organisation goes before the user's choice;
one that comes through the cloud stands in a place of its own.
"""

from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Any

from hscb_xl.desk.system import Desk

_OFFICE = r"Microsoft\Office\16.0"
_POLICIES = (
    r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0",
    rf"HKCU\Software\Policies\{_OFFICE}",
    rf"HKLM\Software\Policies\{_OFFICE}",
)
_EVERYWHERE = (*_POLICIES, rf"HKCU\Software\{_OFFICE}")
_TRUSTED = (r"Excel\Security\Trusted Locations", r"Common\Security\Trusted Locations")
_DEFENDER = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_NO_CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_BLOCK, _WARN = "1", "6"

LEVELS = {
    1: "all macros run",
    2: "Excel asks before it runs macros (Enable Content)",
    3: "only signed macros run, and those of the workbook are not signed",
    4: "no macros run, and Excel does not ask",
}
"""What Excel's value VBAWarnings means; 2 where nobody has set it."""
NO_MACROS = (3, 4)
TRUST_A_FOLDER = (
    "Ask your administrator to make the folder of the plans a trusted location: macros run there."
)
ALLOW_CHILDREN = (
    "Ask your administrator to make an exception for Excel from the rule "
    '"Block all Office applications from creating child processes".'
)


def macro_level(desk: Desk) -> int:
    """How Excel treats macros, a key of ``LEVELS``."""
    value = _first(desk, r"Excel\Security", "vbawarnings")
    return int(value) if value in LEVELS else 2


def downloads_blocked(desk: Desk) -> bool:
    """Whether macros of files from the internet are blocked; newer versions of Excel do so unasked."""
    return bool(_first(desk, r"Excel\Security", "blockcontentexecutionfrominternet") != 0)


def children_blocked(desk: Desk) -> bool:
    """Whether Defender keeps Office from starting other programs."""
    for key in _DEFENDER:
        state = desk.registry(key).get(_NO_CHILDREN)
        if state is not None:
            return str(state) in (_BLOCK, _WARN)
    return False


def is_trusted(desk: Desk, book: Path) -> bool:
    """Whether Excel trusts the folder of a workbook, so that its macros run whatever else is set."""
    if any(_enabled(desk, place, "alllocationsdisabled") for place in _TRUSTED):
        return False
    path = PureWindowsPath(book)
    if path.drive.startswith("\\\\") and not any(
        _enabled(desk, place, "allownetworklocations") for place in _TRUSTED
    ):
        return False
    return any(_holds(location, path) for location in _locations(desk))


def _locations(desk: Desk) -> Iterator[Any]:
    for root in _EVERYWHERE:
        for place in _TRUSTED:
            for name in desk.registry(rf"{root}\{place}"):
                yield desk.registry(rf"{root}\{place}\{name}")


def _holds(location: Any, book: PureWindowsPath) -> bool:
    folder = str(location.get("path", "")).strip()
    if not folder:
        return False
    if location.get("allowsubfolders") == 1:
        return book.is_relative_to(PureWindowsPath(folder))
    return book.parent == PureWindowsPath(folder)


def _enabled(desk: Desk, place: str, name: str) -> bool:
    return bool(_first(desk, place, name) == 1)


def _first(desk: Desk, place: str, name: str) -> Any:
    """The value that counts: the first that is set, policies before the user's own choice."""
    values = (desk.registry(rf"{root}\{place}").get(name) for root in _EVERYWHERE)
    return next((value for value in values if value is not None), None)
