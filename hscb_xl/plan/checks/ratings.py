"""Checks of the agreed rating: is it there, is it a letter, and does anything speak against it?"""

from collections.abc import Iterator

from hscb_xl.plan import rag
from hscb_xl.plan.checks.base import each_row, error, warning
from hscb_xl.plan.commentary import Suggestion
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.rag import Rated, Rating
from hscb_xl.plan.wording import quoted


def rating_missing(judgement: Judgement) -> Iterator[Finding]:
    """Every action has an agreed rating."""
    for judged in judgement.rows():
        action = judged.action
        is_empty = not action.agreed.strip() and action.row not in judgement.plan.around.unstored
        if is_empty and action.action.strip():
            remedy = f"Agree a rating and enter its letter. {_computed(judged.rated)}"
            yield error("rating-missing", action, "agreed", "RAG Rating is empty.", remedy)


def rating_not_stored(judgement: Judgement) -> Iterator[Finding]:
    """An agreed rating that is a formula has its value in the workbook; nobody but Excel can work it out."""
    for judged in judgement.rows():
        if judged.action.row in judgement.plan.around.unstored:
            message = "RAG Rating holds a formula whose value is not stored."
            remedy = "Open the workbook in Excel and save it, or enter the letter in the formula's place."
            yield error("rating-not-stored", judged.action, "agreed", message, remedy)


def rating_unknown(judgement: Judgement) -> Iterator[Finding]:
    """An agreed rating is R, A or G; it is B only where Settings turn blue on (design, section 5)."""
    letters = "R, A, G or B" if judgement.policy.blue else "R, A or G"
    for judged in judgement.rows():
        text = judged.action.agreed.strip()
        rating = rag.letter(text)
        if not text or _in_use(rating, judgement):
            continue
        message = f"RAG Rating {quoted(text)} is not one of {letters}."
        turn_on = ", or turn blue on in Settings" if rating is Rating.BLUE else ""
        remedy = f"Enter {letters}{turn_on}. {_computed(judged.rated)}"
        yield error("rating-unknown", judged.action, "agreed", message, remedy)


def rating_differs(judgement: Judgement) -> Iterator[Finding]:
    """The agreed rating is the computed one; they are compared and never merged (design, section 5)."""
    for judged in judgement.rows():
        agreed, rated = rag.letter(judged.action.agreed), judged.rated
        if judged.agreement == "differs" and _in_use(agreed, judgement):
            message = f"RAG Rating is {agreed}, computed is {rated.rating}. {rated.reason}."
            remedy = f"Accept {rated.rating}, or correct By When or Status if the plan is behind the facts."
            yield warning("rating-differs", judged.action, "agreed", message, remedy)


@each_row
def rating_challenged(judged: Judged) -> Iterator[Finding]:
    """No comment in Progress asks for another rating than the agreed one."""
    said = judged.commentary.suggestion
    agreed = rag.letter(judged.action.agreed)
    if said and (said.rating is None or said.rating is not agreed):
        message = (
            f"Progress {_asks(said)}, while RAG Rating is {agreed or 'not known'}: {quoted(said.quote)}."
        )
        remedy = "Decide whether the rating stands; then change it, or answer the comment in Progress."
        yield warning("rating-challenged", judged.action, "agreed", message, remedy)


def _in_use(rating: Rating | None, judgement: Judgement) -> bool:
    return rating is not None and (rating is not Rating.BLUE or judgement.policy.blue)


def _computed(rated: Rated) -> str:
    if rated.rating is None:
        return f"No rating can be computed. {rated.reason}."
    return f"The computed rating is {rated.rating}. {rated.reason}."


def _asks(said: Suggestion) -> str:
    if said.kind == "review":
        return "asks for a review of the rating"
    rating = said.rating.name.lower() if said.rating else "another rating"
    return f"asks for {rating}" + (" on a condition" if said.kind == "conditional" else "")
