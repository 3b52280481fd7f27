"""One line of a document, which knows where it stands."""

from dataclasses import dataclass

from hscb_xl.errors import BadDocument


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document named ``source``; ``number`` is 1-based."""

    source: str
    number: int
    text: str

    @property
    def cells(self) -> list[str]:
        """The line's texts between tabs."""
        return self.text.split("\t")

    def refused(self, what: str, remedy: str) -> BadDocument:
        """The error that says what is wrong with this line and what to do."""
        return BadDocument(f"{self.source}, line {self.number} {what}; {remedy}.")


def numbered(source: str, text: str) -> list[Line]:
    """The lines of ``text``, which ends its lines with "\\n" only."""
    return [Line(source, number, line) for number, line in enumerate(text.split("\n"), start=1)]
