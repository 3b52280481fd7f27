"""Reading the Progress cell: completion claims, suggested re-ratings and open questions, each quoted."""

from dataclasses import dataclass

from hscb_xl.plan.finished import means_complete
from hscb_xl.plan.remarks.claims import claim
from hscb_xl.plan.remarks.sentences import is_question, remarks
from hscb_xl.plan.remarks.suggestions import Suggestion, suggestion

__all__ = ["Commentary", "Suggestion", "read"]


@dataclass(frozen=True, slots=True)
class Commentary:
    """What Progress says; ``claim`` is the words that claim completion, '' where none do."""

    claim: str = ""
    suggestion: Suggestion | None = None
    questions: tuple[str, ...] = ()


def read(progress: str, action: str) -> Commentary:
    """What the words in Progress say about ``action``; every quote stands in ``progress`` word for word.

    It never decides anything: a claim is "claimed, not confirmed" and a suggestion is a challenge to the
    agreed rating (design, section 5).
    """
    said = remarks(progress)
    questions = tuple(remark for remark in said if is_question(remark))
    # "BLUE", "100%" or "✓" is no sentence, and says it all where nothing else stands.
    claimed = progress.strip() if means_complete(progress) else claim(said, action)
    return Commentary(claimed, suggestion(said), questions)
