"""What a batch says of one workbook: a record, and its line of JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from hscb_xl.base.shown import plainly

Outcome = Literal["done", "unchanged", "skipped", "failed", "locked"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
SEVERITIES = ("error", "warning", "info")
EXPORT = "It is an export of this program."
LEFT = "It was left: the batch was stopped before its turn."


@dataclass(frozen=True, slots=True)
class Change:
    """A computed rating that is not what the file said before; None where an action was or is not rated."""

    no: str
    row: int
    before: str | None
    now: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """One workbook of a batch; ``seconds`` of wall clock, ``findings`` by severity, texts fit to be shown.

    ``first`` counts the actions of a plan that had no computed rating at all before this run. ``kept`` are
    sentences on exports that were left as they are, ``told`` others on exports; ``label`` is the name of the
    workbook's sensitivity label.
    """

    path: str
    outcome: Outcome
    message: str = ""
    seconds: float = 0.0
    as_of: str = ""
    findings: Mapping[str, int] = field(default_factory=dict)
    changed: Sequence[Change] = ()
    first: int = 0
    exports: int = 0
    kept: Sequence[str] = ()
    told: Sequence[str] = ()
    label: str = ""

    @property
    def is_export(self) -> bool:
        """Whether it is a file that this program made to hand out."""
        return self.outcome == "skipped" and self.message == EXPORT

    @property
    def is_left(self) -> bool:
        """Whether nobody looked at the workbook because the batch was stopped."""
        return self.outcome == "skipped" and self.message == LEFT

    def as_dict(self) -> dict[str, Any]:
        """The object that stands on this workbook's line of the report."""
        return {
            "path": self.path,
            "outcome": self.outcome,
            "seconds": round(self.seconds, 3),
            "as_of": self.as_of or None,
            "findings": {severity: self.findings.get(severity, 0) for severity in SEVERITIES},
            "changed": [
                {"no": c.no, "row": c.row, "from": c.before, "to": c.now, "why": c.why} for c in self.changed
            ],
            "first": self.first,
            "exports": self.exports,
            "kept": list(self.kept),
            "told": list(self.told),
            "label": self.label,
            "message": self.message,
        }

    def line(self) -> str:
        """The record as one line of JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False) + "\n"


def from_line(line: str) -> Record:
    """The record that a line of a report holds."""
    said = json.loads(line)
    changed = tuple(Change(c["no"], c["row"], c["from"], c["to"], c["why"]) for c in said["changed"])
    return Record(
        path=said["path"],
        outcome=said["outcome"],
        message=said["message"],
        seconds=said["seconds"],
        as_of=said["as_of"] or "",
        findings=said["findings"],
        changed=changed,
        first=said["first"],
        exports=said["exports"],
        kept=tuple(said["kept"]),
        told=tuple(said["told"]),
        label=said["label"],
    )


def of_path(path: Path, outcome: Outcome, message: str, seconds: float = 0.0) -> Record:
    """The record of a workbook of which there is nothing to say but a sentence."""
    return Record(plainly(path), outcome, plainly(message), seconds)
