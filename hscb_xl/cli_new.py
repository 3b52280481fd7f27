"""``hscb-xl new``: an empty plan to begin with."""

from pathlib import Path

import click

from hscb_xl.errors import OutputProblem
from hscb_xl.shown import plainly


@click.command("new")
@click.argument("book", type=click.Path(path_type=Path))
@click.option(
    "--standalone", is_flag=True, help="With xlwings' own macros inside, for Excel without its add-in."
)
def new_command(book: Path, standalone: bool) -> None:
    """Make the workbook BOOK with an empty plan; a name in .xlsm has the macros and the ribbon."""
    from hscb_xl.build import build
    from hscb_xl.importer.imported import Imported

    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise OutputProblem(f"{book.name} must end in .xlsx or .xlsm: give it such a name.")
    if standalone and book.suffix.lower() != ".xlsm":
        raise OutputProblem(f"{book.name} cannot hold macros: give a name that ends in .xlsm.")
    if book.exists():
        raise OutputProblem(f"{book} is there already and is not overwritten: give a new name.")
    build(Imported("Improvement plan", (), (), ()), book, as_of=None, standalone=standalone)
    click.echo(f"{plainly(book)} is ready: write the first action into its sheet Plan.")
