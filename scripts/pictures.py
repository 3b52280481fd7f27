"""Make docs/pictures anew: the ribbon's drawings, and the sheets as LibreOffice prints them.

``python scripts/pictures.py [FOLDER]``, in the environment of the tests; LibreOffice (soffice) and pdftoppm
on the PATH. The workbook is the built one, rated for the example's day. Whoever reads the pictures sees an
officer called Jane Smith.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import drawings
import openpyxl
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw
    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WORKBOOK = ROOT / "workbook" / "ImprovementPlan.xlsm"
DAY = date(2015, 5, 12)
OFFICER = "Jane Smith"
GROUP = "HSCB Strategic Board"
MOST = 200_000
"""Bytes that a picture may have."""
_GAP = 6
_CURSOR = Side("thick", color="FF107C41")
_A3 = "8"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of some rows and columns of a sheet; ``cursor`` is the range drawn as selected.

    ``height`` is that of the plan's rows in points: they are as high as columns need that are not shown.
    """

    name: str
    book: str
    sheet: str
    rows: tuple[int, ...]
    columns: str
    cursor: str = ""
    height: int = 0
    dots: int = 104


@dataclass(frozen=True, slots=True)
class Page:
    """A picture of a printed page of a workbook that is left as it is: openpyxl would lose its charts."""

    name: str
    book: str
    says: str
    dots: int
    height: int = 0


_RATED = "A F G I O P Q R S T"
SHOTS = (
    Shot("checks", "done", "Checks", tuple(range(1, 10)), "A B C D E", dots=88),
    Shot("finding", "checked", "Plan", (3, 4, 26), "A F G H I J", "I26"),
    Shot("rated", "done", "Plan", (1, 2, 3, 4, 5, 6, 8), _RATED, height=70),
    Shot("accepted", "accepted", "Plan", (3, 4, 5, 6), _RATED, "I6", 70),
    Shot("history", "accepted", "History", (), "A B C D E F G", height=32, dots=80),
)
PAGES = (
    Page("plan", "done", "The board’s own columns", 110, 740),
    Page("summary", "done", "All actions", 90, 612),
    Page("export", "export", "Action", 110, 600),
)


def main() -> int:
    sys.path.insert(0, str(ROOT))  # the package of this checkout, whichever one is installed
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings.drawings().items():
        (target / name).write_text(drawing, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder:
        photograph(Path(folder), target)
    return 0


def photograph(folder: Path, target: Path) -> None:
    """Print what the pictures show in ``folder``, and save them in ``target``."""
    books = states(folder)
    files = {shot.name: excerpt(books[shot.book], shot) for shot in SHOTS}
    files |= {page.name: books[page.book] for page in PAGES}
    printed(folder, *dict.fromkeys(files.values()))
    for shot in SHOTS:
        saved(files[shot.name].with_suffix(".pdf"), shot.dots, target / f"{shot.name}.png")
    for page in PAGES:
        pdf = folder / f"{files[page.name].stem}.pdf"
        saved(pdf, page.dots, target / f"{page.name}.png", number(pdf, page.says), page.height)


def excerpt(book: Path, shot: Shot) -> Path:
    """A workbook beside ``book`` with nothing but what the picture shows."""
    kept = openpyxl.load_workbook(book)
    for other in [name for name in kept.sheetnames if name != shot.sheet]:
        del kept[other]
    cut(kept[shot.sheet], shot)
    path = book.with_name(f"{shot.name}.xlsx")
    kept.save(path)
    return path


def states(folder: Path) -> dict[str, Path]:
    """The workbook after each step of an officer's first day, by the step's name."""
    from hscb_xl.engine import open_book

    path = folder / WORKBOOK.name
    path.write_bytes(WORKBOOK.read_bytes())
    book = open_book(str(path))
    try:
        found = {name: _kept(book, folder / f"{name}.xlsm") for name in steps(book)}
        return found | {"export": exported(book, folder)}
    finally:
        book.close()


def steps(book: xw.Book) -> Iterator[str]:
    """Do what the buttons do, and name each state the book is in between."""
    from hscb_xl.tasks import accept, check, rate, run, summarise
    from hscb_xl.tasks import format as formatting

    asked = run.Asked(as_of=DAY)
    judgement = run.judged(book, asked, date.today).judgement
    check.run(book, judgement)
    yield "checked"
    rate.run(book, judgement)
    formatting.run(book, judgement.plan)
    summarise.run(book, judgement)
    yield "done"
    book.sheets["Plan"].activate()
    book.sheets["Plan"]["I6"].select()
    accept.run(book, judgement, DAY, OFFICER)
    yield "accepted"


def exported(book: xw.Book, folder: Path) -> Path:
    """The file that one group of the board is sent."""
    from hscb_xl.tasks import export, run

    plan = run.judged(book, run.Asked(as_of=DAY), date.today)
    files = export.run(plan.judgement, plan.title, "monitoring", folder).files
    return next(path for path in files if path.stem == GROUP)


def _kept(book: xw.Book, path: Path) -> Path:
    book.save()
    path.write_bytes(Path(book.fullname).read_bytes())
    return path


def cut(sheet: Worksheet, shot: Shot) -> None:
    """Leave what the picture shows, and print it at its own size with column letters and row numbers."""
    columns = shot.columns.split()
    rows = shot.rows or (1, 2, 3, 4, *range(sheet.max_row - 3, sheet.max_row + 1))
    for letter in map(get_column_letter, range(1, sheet.max_column + 1)):
        sheet.column_dimensions[letter].hidden = letter not in columns
    for row in range(1, rows[-1]):
        sheet.row_dimensions[row].hidden = row not in rows
    if shot.height:
        for row in rows[rows.index(4) + 1 :]:
            sheet.row_dimensions[row].height = shot.height
    if shot.cursor:
        select(sheet, shot.cursor)
    sheet.print_area = f"A1:{columns[-1]}{rows[-1]}"
    sheet.print_title_rows = None
    sheet.print_options.headings = True
    sheet.HeaderFooter = HeaderFooter()
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.scale = _A3, "landscape", 100


def select(sheet: Worksheet, address: str) -> None:
    """Draw the green frame that Excel draws round the cells selected."""
    left, top, right, bottom = range_boundaries(address)
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            sides: dict[str, Any] = {}
            if cell.column == left:
                sides["left"] = _CURSOR
            if cell.column == right:
                sides["right"] = _CURSOR
            if cell.row == top:
                sides["top"] = _CURSOR
            if cell.row == bottom:
                sides["bottom"] = _CURSOR
            cell.border = Border(**sides)


def printed(folder: Path, *paths: Path) -> None:
    """Have LibreOffice print workbooks into ``folder``, each as a PDF of its name."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)


def number(pdf: Path, says: str) -> int:
    """The first page with these words."""
    pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode(
        "utf-8"
    )
    return next(index for index, page in enumerate(pages.split("\f"), 1) if says in " ".join(page.split()))


def saved(pdf: Path, dots: int, path: Path, page: int = 1, height: int = 0) -> None:
    """Save a page with ``dots`` to the inch, without its margins and without what is below ``height``."""
    command = ["pdftoppm", "-r", str(dots), "-f", str(page), "-singlefile", "-png", str(pdf)]
    subprocess.run([*command, str(pdf.with_suffix(""))], check=True)
    with Image.open(pdf.with_suffix(".png")) as whole:
        picture = trimmed(whole.convert("RGB"), height)
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, and {MOST} is the most: show less.")


def trimmed(picture: Image.Image, height: int) -> Image.Image:
    """The picture without its white margins, and no higher than ``height`` where that is given."""
    white = Image.new("RGB", picture.size, "white")
    left, top, right, bottom = ImageChops.difference(picture, white).getbbox() or (0, 0, *picture.size)
    low = min(bottom + _GAP, top - _GAP + height) if height else bottom + _GAP
    return picture.crop((max(left - _GAP, 0), max(top - _GAP, 0), min(right + _GAP, picture.width), low))


if __name__ == "__main__":
    raise SystemExit(main())
