"""What is known of an open workbook beyond xlwings' object model, or known at once that it asks one by one.

Exports need these. The engine for closed files knows them (``Facts``), and so does a running Excel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from hscb_xl.base.shown import plainly

PROPERTY = "MSIP_Label_"
"""What the names of a sensitivity label's custom properties begin with; the label's own id follows."""


@dataclass(frozen=True, slots=True)
class Label:
    """A sensitivity label as a file carries it: custom properties (name, text) and a part, b'' for none.

    Source: Microsoft Purview Information Protection, metadata of labelled files; [MS-OFFCRYPTO] 2.6.4.
    """

    properties: tuple[tuple[str, str], ...] = ()
    info: bytes = b""
    ids: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that people know it by, its id where the file has none, '' where no label is in force."""
        told = {name.casefold(): plainly(text) for name, text in self.properties}
        enabled = (name.removesuffix("_enabled") for name, on in told.items() if name.endswith("_enabled"))
        stated = [each for each in enabled if told[f"{each}_enabled"].casefold() == "true"]
        names = [told.get(f"{each}_name") or each.removeprefix(PROPERTY.casefold()) for each in stated]
        return ", ".join(dict.fromkeys(names or map(plainly, self.ids)))


@runtime_checkable
class Facts(Protocol):
    """An open book that knows more of itself than xlwings asks."""

    def label(self) -> Label | None:
        """The sensitivity label; None where there is none."""

    def hidden_rows(self, sheet: str, first: int, last: int) -> frozenset[int]:
        """Those of the rows from ``first`` to ``last`` that a filter or a person hides."""

    def links(self, sheet: str, cells: str) -> Mapping[int, str]:
        """The addresses that cells of one column lead to, by the row's number; none within the book."""


def label_line(name: str) -> str:
    """How a screen, a report and a mail say that a workbook has a label."""
    return f"Sensitivity label: {name}"
