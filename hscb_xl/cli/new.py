"""``hscb-xl new`` and ``hscb-xl import``: a plan to begin with, an empty one or that of a document."""

from datetime import date
from pathlib import Path

import click

from hscb_xl.base.shown import plainly
from hscb_xl.cli.types import Day, Place
from hscb_xl.errors import OutputProblem
from hscb_xl.store import source


@click.command("new")
@click.argument("book", type=Place())
@click.option(
    "--standalone", is_flag=True, help="With xlwings' own macros inside, for Excel without its add-in."
)
def new_command(book: Path, standalone: bool) -> None:
    """Make the workbook BOOK with an empty plan; a name in .xlsm has the macros and the ribbon."""
    from hscb_xl.build import build
    from hscb_xl.importer.imported import Imported

    _refuse_ending(book)
    if standalone and book.suffix.lower() != ".xlsm":
        raise OutputProblem(f"{book.name} cannot hold macros: give a name that ends in .xlsm.")
    _refuse_taken(book)
    build(Imported("Improvement plan", (), (), ()), book, as_of=None, standalone=standalone)
    click.echo(f"{plainly(book)} is ready: write the first action into its sheet Plan.")


@click.command("import")
@click.argument("document", type=Place())
@click.argument("book", type=Place())
@click.option("--as-of", type=Day(), help="The day that History gives the import (else none).")
def import_command(document: Path, book: Path, as_of: date | None) -> None:
    """Make the new workbook BOOK from the table in DOCUMENT."""
    from hscb_xl.build.workbook import build
    from hscb_xl.importer import read_document

    _refuse_ending(book)
    _refuse_taken(book)
    imported = read_document(document)
    build(imported, book, as_of=as_of)
    for note in imported.notes:
        where = f"Action {note.no}" if note.no else "Document"
        click.echo(plainly(f"{where}, {note.column}: {note.kind}, {note.why}."))
    done = f"{len(imported.rows)} actions imported into {book}; {len(imported.notes)} import notes."
    click.echo(plainly(done))


def _refuse_ending(book: Path) -> None:
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise OutputProblem(f"{book.name} must end in .xlsx or .xlsm: give it such a name.")


def _refuse_taken(book: Path) -> None:
    if source.refuse_place(book):
        raise OutputProblem(f"{book} is there already and is not overwritten: give a new name.")
