"""A judged plan as one JSON object (design, section 6)."""

from collections.abc import Sequence
from typing import Any

from hscb_xl.plan import rag
from hscb_xl.plan.bywhen import Due
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.model import Plan


def as_json(judgement: Judgement, found: Sequence[Finding], book: str) -> dict[str, Any]:
    """The object that ``check --json`` and ``run --json`` print; dates are ISO 8601 texts."""
    return {
        "as_of": judgement.today.isoformat(),
        "book": book,
        "actions": [_action(judged) for judged in judgement.rows()],
        "findings": [_finding(finding, judgement.plan) for finding in found],
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
        "days_overdue": rated.days_overdue,
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
