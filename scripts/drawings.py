"""What no printed sheet shows: the ribbon, drawn from its own XML, the status bar, the box to unblock a file.

Excel's icons are Microsoft's; in their places stand plain ones of our own that resemble them.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAID = "26 actions rated as of 12 May 2015; 13 differ from the agreed rating (column Agreed v Auto)."
"""What Refresh RAG says of the board's plan on the example's day."""
XML = Path(__file__).resolve().parent.parent / "hscb_xl" / "build" / "ribbon" / "customUI14.xml"
SINGLED_OUT = "CheckPlan NextFinding RefreshRag AcceptRating ExportByGroup UndoLastRun".split()
"""The buttons that the first day needs: each is drawn once more, framed, in its group."""
_NEW = "{http://schemas.microsoft.com/office/2009/07/customui}"
_TABS = 34
_HERE = 125
"""Where the middle of the tab's name stands."""
_BODY = 104
_LETTER = 6.3
"""The width of a letter at 12 pixels, a little more than most have."""
_SMALL = 24
_STACK = 3
"""Small buttons that stand below each other before the next column begins, as in Excel."""
_FRAME = 'stroke="#107c41" stroke-width="2"'
"""Round whatever is to be clicked or looked at."""
_FONTS = "Segoe UI, Carlito, Arial, sans-serif"
SHEETS = "Plan Checks Summary History Lists Settings Key".split()
_BLOCKED = ("The file is from elsewhere", "and may be blocked.")
_SHAPES = {
    "DataValidation": "M3 3h18v18H3z M7 12l4 4 7-9",
    "ReviewNewComment": "M3 4h18v12H11l-5 5v-5H3z M7 8h10 M7 12h7",
    "RefreshAll": "M19 9a8 8 0 0 0-14-1 M5 3v5h5 M5 15a8 8 0 0 0 14 1 M19 21v-5h-5",
    "AcceptInvitation": "M3 13l6 6L21 5",
    "FileOpen": "M2 20V4h7l2 3h9v4 M2 20l4-9h17l-4 9z",
    "Undo": "M8 4L3 9l5 5 M3 9h11a5.5 5.5 0 0 1 0 11H9",
    "Info": "M12 2a10 10 0 1 0 .01 0z M12 11v6 M12 7v.5",
    "Help": "M12 2a10 10 0 1 0 .01 0z M9 9.5a3 3 0 1 1 4.4 2.6C12.4 12.7 12 13.2 12 14.5 M12 17.5v.5",
    "MacroPlay": "M6 3l14 9-14 9z",
    "SortDialog": "M6 3v17 M3 17l3 4 3-4 M13 5h8 M13 10h6 M13 15h4 M13 20h2",
    "Filter": "M3 4h18l-7 8v8l-4-2v-6z",
    "ChartInsert": "M3 21h18 M6 21v-8 M11 21V5 M16 21v-12",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the ribbon; a large one has its label below its icon."""

    id: str
    label: str
    icon: str
    large: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the ribbon with its buttons in their order."""

    label: str
    buttons: tuple[Button, ...]


def drawings() -> dict[str, str]:
    """Every drawing as SVG, by the name of its file."""
    tab, groups = read()
    found = {"ribbon.svg": _ribbon(tab, groups), "statusbar.svg": _status_bar(), "unblock.svg": _unblock()}
    for group in groups:
        for button in group.buttons:
            if button.id in SINGLED_OUT:
                found[f"button-{button.id}.svg"] = _picture([group], 2, "", button.id)
    return found


def read() -> tuple[str, list[Group]]:
    """The tab's label and its groups, as the XML has them."""
    [tab] = ElementTree.parse(XML).iter(f"{_NEW}tab")
    return tab.attrib["label"], [
        Group(group.attrib["label"], tuple(_button(element.attrib) for element in group)) for group in tab
    ]


def _button(known: dict[str, str]) -> Button:
    return Button(known["id"], known["label"], known["imageMso"], known.get("size") == "large")


def _ribbon(tab: str, groups: Sequence[Group]) -> str:
    """All groups below the tab, which stands among Excel's own."""
    body = [_text(30, 22, "Home"), _text(_HERE, 22, tab, "700", "#107c41")]
    width = len(tab) * _LETTER + 10
    body.append(f'<path d="M{_HERE - width / 2:g} 30h{width:g}" stroke="#107c41" stroke-width="3"/>')
    return _picture(groups, _TABS, "".join(body), "")


def _picture(groups: Sequence[Group], top: int, before: str, framed: str) -> str:
    parts, x = [], 2.0
    for group in groups:
        width = _width(group)
        parts.append(_group(group, x, top, width, framed))
        x += width
    return _svg(x + 2, top + _BODY + 2, "#f3f2f1", before + "\n" + "\n".join(parts))


def _svg(width: float, height: float, ground: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{_FONTS}" font-size="12">\n'
        f'<rect width="{width:g}" height="{height:g}" fill="{ground}"/>\n{body}\n</svg>\n'
    )


def _status_bar() -> str:
    """The lower edge of Excel's window: a line of cells, the sheets' names, the sentence below them."""
    sheets = [_text(60 + 75 * index, 24, name, anchor="start") for index, name in enumerate(SHEETS)]
    body = [
        '<path d="M0 6h900 M0 34h900" stroke="#d2d0ce"/>',
        '<path d="M52 6h52v26H52z" fill="#fff" stroke="#d2d0ce"/>',
        '<path d="M52 32h52" stroke="#107c41" stroke-width="3"/>',
        *sheets,
        f'<rect x="4" y="38" width="{len(SAID) * _LETTER + 4:g}" height="24" rx="4" fill="none" {_FRAME}/>',
        _text(12, 54, SAID, anchor="start"),
        _text(880, 54, "– ——|—— + 100%", anchor="end"),
    ]
    return _svg(900, 66, "#f3f2f1", "".join(body))


def _unblock() -> str:
    """The last lines of the box that Windows shows for Properties of a file that came from elsewhere."""
    body = [
        '<rect x="8" y="8" width="444" height="124" fill="#fff" stroke="#d2d0ce"/>',
        _text(24, 36, "Attributes:", anchor="start"),
        _text(120, 36, "☐ Read-only    ☐ Hidden", anchor="start"),
        '<path d="M24 52h412" stroke="#d2d0ce"/>',
        _text(24, 78, "Security:", anchor="start"),
        *[_text(120, 78 + 16 * row, line, anchor="start") for row, line in enumerate(_BLOCKED)],
        f'<rect x="338" y="74" width="98" height="28" rx="4" fill="#e6f2ea" {_FRAME}/>',
        '<path d="M348 82h12v12h-12z M350 88l3 4 5-8" fill="none" stroke="#323130" stroke-width="1.5"/>',
        _text(368, 93, "Unblock", anchor="start"),
        f'<rect x="364" y="142" width="88" height="28" rx="4" fill="#fff" {_FRAME}/>',
        _text(408, 160, "OK"),
    ]
    return _svg(460, 178, "#f3f2f1", "".join(body))


def _width(group: Group) -> float:
    wide = sum(width for _, width in _columns(group)) + 12
    return max(wide, len(group.label) * _LETTER + 16)


def _columns(group: Group) -> Iterator[tuple[list[Button], float]]:
    """The buttons that share a column, with its width: a large one has its own, small ones are stacked."""
    stack: list[Button] = []
    for button in group.buttons:
        if button.large:
            yield [button], max(len(line) for line in _lines(button.label)) * _LETTER + 18
            continue
        stack.append(button)
        if len(stack) == _STACK or button is group.buttons[-1]:
            yield stack, max(len(each.label) for each in stack) * _LETTER + 38
            stack = []


def _lines(label: str) -> list[str]:
    """A large button's label on two lines of about the same length, broken at a space."""
    words = label.split()
    ways = [[" ".join(words[:index]), " ".join(words[index:])] for index in range(1, len(words))]
    return min(ways, key=lambda lines: max(map(len, lines)), default=[label])


def _group(group: Group, x: float, top: int, width: float, framed: str) -> str:
    parts = [
        f'<rect x="{x:g}" y="{top}" width="{width:g}" height="{_BODY}" fill="#fff" stroke="#d2d0ce"/>',
        _text(x + width / 2, top + _BODY - 7, group.label, "400", "#605e5c"),
    ]
    at = x + 6
    for buttons, wide in _columns(group):
        for row, button in enumerate(buttons):
            parts.append(_drawn(button, at, top + 6 + row * _SMALL, wide, button.id == framed))
        at += wide
    return "".join(parts)


def _drawn(button: Button, x: float, y: float, width: float, framed: bool) -> str:
    height = 76 if button.large else _SMALL
    frame = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height}" rx="4" fill="#e6f2ea" '
    parts = [f"{frame}{_FRAME}/>"] if framed else []
    if button.large:
        parts.append(_icon(button.icon, x + width / 2 - 15, y + 6, 1.25))
        parts += [
            _text(x + width / 2, y + 52 + 15 * row, line) for row, line in enumerate(_lines(button.label))
        ]
    else:
        parts.append(_icon(button.icon, x + 6, y + 4, 0.67))
        parts.append(_text(x + 28, y + 16, button.label, anchor="start"))
    return "".join(parts)


def _icon(name: str, x: float, y: float, scale: float) -> str:
    return (
        f'<path transform="translate({x:g} {y:g}) scale({scale:g})" d="{_SHAPES[name]}" fill="none" '
        'stroke="#3b6ea5" stroke-width="2" stroke-linejoin="round"/>'
    )


def _text(
    x: float, y: float, text: str, weight: str = "400", colour: str = "#323130", anchor: str = "middle"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-weight="{weight}" fill="{colour}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )
