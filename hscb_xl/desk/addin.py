"""xlwings' add-in and, on a Mac, its script: the files of the installed package, copied to where Excel looks.

``xlwings addin install`` does the same for a person; it starts Excel to ask for the folder, and ends as if
all were well when it fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hscb_xl.desk.system import Desk
from hscb_xl.errors import OutputProblem
from hscb_xl.store import disk, locks

XLWINGS = "0.37.8"
"""The version that this program is made for; pyproject.toml pins it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the package and the place it has to be copied to."""

    name: str
    source: Path
    target: Path

    @property
    def is_there(self) -> bool:
        """Whether there is a file in the place, of whatever version."""
        return self.target.is_file()

    @property
    def is_right(self) -> bool:
        """Whether the file in the place is that of the package."""
        return self.is_there and self.target.read_bytes() == self.source.read_bytes()


def pieces(desk: Desk) -> Sequence[Piece]:
    """What Excel needs of xlwings on this system."""
    import xlwings

    package = Path(xlwings.__file__).parent
    add_in = Piece(
        "The add-in xlwings.xlam", package / "addin" / "xlwings.xlam", desk.startup / "xlwings.xlam"
    )
    if desk.system != "mac":
        return (add_in,)
    script = f"xlwings-{xlwings.__version__}.applescript"
    return (add_in, Piece("The script of RunPython", package / script, desk.scripts / script))


@dataclass(frozen=True, slots=True)
class Placed:
    """What was done with a piece, in a sentence, and whether it had to be copied."""

    sentence: str
    changed: bool


def put(piece: Piece) -> Placed:
    """Copy a piece to its place unless it is there.

    The copy is made one folder above: Excel opens whatever it finds in its startup folder.
    Raises OutputProblem when it cannot be written, BookLocked while another program has it open.
    """
    where = piece.target.parent
    try:
        if piece.is_right:
            return Placed(f"{piece.name} of this version is in {where} already.", changed=False)
        words = "in place of another version" if piece.is_there else "now"
        disk.make_folder(where)
        locks.refuse_if_not_writable(piece.target)
        temporary = disk.write_beside(where, piece.source.read_bytes(), like=piece.target)
        try:
            temporary.replace(piece.target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise OutputProblem(
            f"{piece.target} cannot be written ({problem.strerror or problem}): "
            "close Excel, see that this user may write there, and run the command again."
        ) from problem
    return Placed(f"{piece.name} is in {where} {words}.", changed=True)
