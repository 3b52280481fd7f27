"""A judged plan as one JSON object (design, section 6)."""

from collections.abc import Sequence
from typing import Any

from hscb_xl.plan import rag
from hscb_xl.plan.deadlines.bywhen import Due
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.model import Plan
from hscb_xl.tasks import export
from hscb_xl.tasks.run import Report


def as_json(judgement: Judgement, found: Sequence[Finding], book: str) -> dict[str, Any]:
    """The object that ``check --json`` and ``run --json`` print; dates are ISO 8601 texts."""
    return {
        "as_of": judgement.today.isoformat(),
        "book": book,
        "actions": [_action(judged) for judged in judgement.rows()],
        "findings": [_finding(finding, judgement.plan) for finding in found],
    }


def of_run(done: Report, book: str) -> dict[str, Any]:
    """The object that ``run --json`` prints: the same with the label and what became of the exports."""
    exports = {by: _export(report) for by, report in done.exports.items()}
    return as_json(done.judgement, done.findings, book) | {"label": done.label or None, "exports": exports}


def _export(done: export.Report) -> dict[str, Any]:
    return {
        "files": [str(path) for path in done.files],
        "written": [str(path) for path in done.written],
        "kept": [{"file": str(kept.path), "why": kept.sentence} for kept in done.kept],
        "moved": [{"file": str(moved.path), "to": str(moved.to)} for moved in done.moved],
        "told": list(done.told),
        "hidden": list(done.hidden),
        "left_out": list(done.left_out),
    }


def _action(judged: Judged) -> dict[str, Any]:
    due, rated = judged.due, judged.rated
    agreed = rag.letter(judged.action.agreed)
    suggestion = judged.commentary.suggestion
    return {
        "no": judged.action.no,
        "row": judged.action.row,
        "due": due.date.isoformat() if isinstance(due, Due) else None,
        "due_precision": due.precision if isinstance(due, Due) else None,
        "agreed": agreed.value if agreed else None,
        "auto": rated.rating.value if rated.rating else None,
        "differs": judged.agreement == "differs",
        "reason": rated.reason,
        "days_overdue": rated.days_overdue if judged.completion == "none" else None,
        "completion": judged.completion,
        "suggestion": suggestion
        and {
            "kind": suggestion.kind,
            "rating": suggestion.rating.value if suggestion.rating else None,
            "quote": suggestion.quote,
        },
    }


def _finding(finding: Finding, plan: Plan) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "no": finding.no,
        "cell": plan.place(finding),
        "message": finding.message,
        "remedy": finding.remedy,
    }
