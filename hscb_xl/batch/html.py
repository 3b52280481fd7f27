"""A page about a night as one HTML file that asks for nothing else and fits on A4."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, groupby

from hscb_xl.batch.pages import Page, Section
from hscb_xl.plan import look

_STYLE = """
@page { size: A4; margin: 15mm 13mm; }
body { font: 10pt/1.4 "Segoe UI", Calibri, Carlito, Arial, sans-serif; color: #1c1c1c; margin: 2em auto;
       max-width: 60em; padding: 0 1em; }
h1 { font-size: 17pt; color: TITLE; margin: 0 0 .2em; }
h2 { font-size: 12pt; color: TITLE; margin: 1.6em 0 .4em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; }
th { text-align: left; background: TITLE; color: #fff; font-weight: 600; }
th, td { padding: .25em .6em; vertical-align: top; }
td { border-bottom: 1px solid #d9d9d9; overflow-wrap: anywhere; }
td.again { border-bottom-color: transparent; }
tbody { break-inside: avoid; }
td.letter { font-weight: 700; text-align: center; width: 2.2em; }
@media print { body { margin: 0; max-width: none; padding: 0; }
               * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
_HEAD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<p>{sentence}</p>
"""


def render(page: Page) -> str:
    """The page as a text; a section without rows is left out."""
    title, sentence = escape(page.title), escape(page.sentence)
    head = _HEAD.format(title=title, sentence=sentence, style=_style())
    label = f"<p>{escape(page.label)}</p>\n" if page.label else ""
    return "".join((head, label, *chain.from_iterable(map(_section, page.sections)), "</body>\n</html>\n"))


def _section(section: Section) -> Iterator[str]:
    rows = iter(section.rows)
    first = next(rows, None)
    if first is None:
        return
    headers = "".join(f"<th>{escape(header)}</th>" for header in section.headers)
    yield f"<h2>{escape(section.heading)}</h2>\n<table>\n<thead><tr>{headers}</tr></thead>\n"
    for _, group in groupby(chain([first], rows), lambda row: row[0]):
        yield f"<tbody>\n{''.join(_rows(group))}</tbody>\n"
    yield "</table>\n"


def _rows(group: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The rows of one workbook, its path on the first of them."""
    rows = list(group)
    for number, (path, *cells) in enumerate(rows):
        shown = escape(path) if number == 0 else ""
        again = ' class="again"' if number < len(rows) - 1 else ""
        yield f"<tr><td{again}>{shown}</td>{''.join(map(_cell, cells))}</tr>\n"


def _cell(text: str) -> str:
    if text in look.LETTERS:
        return f'<td class="letter {text}">{text}</td>'
    return f"<td>{escape(text)}</td>"


def _style() -> str:
    letters = (
        f"td.{letter} {{ background: {_colour(shown.fill)}; color: {_colour(shown.font)}; }}\n"
        for letter, shown in look.LETTERS.items()
    )
    return _STYLE.replace("TITLE", _colour(look.TITLE.font)) + "".join(letters)


def _colour(rgb: look.RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)
