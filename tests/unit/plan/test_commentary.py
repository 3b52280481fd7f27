import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan.commentary import Commentary, read
from hscb_xl.plan.rag import Rating

# Action and Progress of the board's plan of May 2015, word for word, the rows that pages split joined.
SEED = {
    row["no"]: row for row in json.loads(Path(__file__).with_name("seed_progress.json").read_text("utf-8"))
}

CLAIMS = {
    1: "Completed",
    3: "Completed.",
    8: "Completed.",
    9: "Complete.",
    10: "Completed but will be reviewed against the requirements of the new 2015/16",
    12: "The self assessment has been completed and learning from it has informed the strategy and"
    " operational processes being implemented.",
    13: "Completed",
    14: "Completed",
    15: "Action is completed – procedure have been uploaded.",
    17: "Completed",
    24: "Completed",
    25: "Completed.",
}
SUGGESTIONS = {
    3: (
        "conditional",
        "A",
        "Suggest this timetable comes to next P+P and if not published then this action is AMBER",
    ),
    4: ("rating", "A", "Suggest this action is AMBER"),
    7: ("rating", "A", "Suggest this action is AMBER"),
    8: ("conditional", None, "if not suggest this action should not be green"),
    9: (
        "rating",
        "A",
        "Suggest this is AMBER as there is a need to embed a forward plan system into the business unit to"
        " support effective management of meetings",
    ),
    10: ("review", None, "Suggest review RAG rating"),
    12: ("review", None, "Suggest a review of RAG rating"),
    13: ("review", None, "Suggest a review of RAG rating"),
    15: ("rating", "G", "Suggest RAG rating ios GREEN"),
    18: (
        "review",
        None,
        "Discussion of above comments may result in the need to review th RAG rating",
    ),
}
FIRST_QUESTIONS = {
    1: "Is there a date of the meetings that the protocol was signed off at",
    6: "Has the review been reported to LSCB Exec",
    8: "Have any further meetings taken place",
    12: "Does the CSAR receive routine data in respect of young people at risk of and young people being"
    " sexually exploited (i.e. above and below the social care threshold)",
    13: "Does CSE strategy adequately address disruption and prosecution of offenders?",
    17: "Can this section include what the mechanisms are for monitoring multi – agency responses to children"
    " who go missing",
    18: "is there a data collection system as required by stat guidance eto gather data in respect tof CSE"
    " – data",
    20: "is the response rate to impact evaluation appropriate?",
    22: "did the pilot of evaluating the neglect course result in an agreed methodology that can be used for"
    " all LSCB training courses",
}


@pytest.mark.parametrize("no", SEED)
def test_the_real_plan(no: int) -> None:
    row = SEED[no]
    said = read(row["progress"], row["action"])
    suggested = said.suggestion and (said.suggestion.kind, said.suggestion.rating, said.suggestion.quote)
    assert said.claim == CLAIMS.get(no, "")
    assert suggested == SUGGESTIONS.get(no)
    assert said.questions[:1] == ((FIRST_QUESTIONS[no],) if no in FIRST_QUESTIONS else ())


ACTION = "Undertake a review of the Business Unit, the expectations upon it and the resource available to it"

CLAIMED = [
    ("Completed", "Completed"),
    ("COMPLETED.", "COMPLETED."),
    ("Done.", "Done."),
    ("Achieved", "Achieved"),
    ("100% complete", "100% complete"),
    ("(Completed)", "(Completed)"),
    ("Completed - see minutes of 3 May", "Completed - see minutes of 3 May"),
    ("Completed 31/10/14", "Completed 31/10/14"),
    ("Completed October 2014.", "Completed October 2014."),
    ("Completed on 3 March 2015", "Completed on 3 March 2015"),
    ("Completed at April Exec", "Completed at April Exec"),
    ("Completed by the Business Unit", "Completed by the Business Unit"),
    ("Completed Chair has asked for the report", "Completed"),
    ("All actions complete", "All actions complete"),
    ("This action is now complete.", "This action is now complete."),
    ("This has been completed.", "This has been completed."),
    ("Work continues on the website. Action completed March 2015.", "Action completed March 2015."),
    ("The review is now complete", "The review is now complete"),
    ("Review of the business unit completed.", "Review of the business unit completed."),
    ("Draft seen in May.\nReview completed and reported to Exec", "Review completed and reported to Exec"),
    ("Not yet complete\n12 May: Review completed.", "12 May: Review completed."),
    ("12/05/2015 - Completed", "12/05/2015 - Completed"),
    ("May 2015: done", "May 2015: done"),
    ("Not yet complete\nCompleted.", "Completed."),
]

NOT_CLAIMED = [
    # denied, hedged or still to come
    "Not completed",
    "Not yet complete",
    "Incomplete",
    "To be completed",
    "To be completed by May 2015",
    "Will be completed by June",
    "Expected to be completed in May",
    "Due to complete in May",
    "Should be completed",
    "Completed by Easter",
    "Complete by end of May 2015",
    "Once completed, this will go to Exec",
    "When complete the report will go to Exec",
    "If the review is completed",
    "The review is to be completed",
    "The review will have been completed by May",
    "The review has not been completed",
    "We hope the review is completed",
    # in part
    "Partially complete",
    "Nearly complete",
    "Almost completed",
    "80% complete",
    "Complete - 80%",
    "Completed in part",
    "Completed except for the appendix",
    "Completed subject to sign-off",
    "Half of the review has been completed",
    "The first stage of the review has been completed",
    "The review has been completed in part",
    "Work completed to date includes the website",
    # something else is complete
    "Completed 2 of 5 audits",
    "Completed audits show that practice improved",
    "Complete the review by May",
    "Training has been completed",
    "This was discussed. It was completed",
    # asked
    "Completed? Chair to confirm.",
    "Has the review been completed",
    # taken back
    "Completed. 12 May: not yet complete",
    "Completed.\nThis action is not complete: the report is missing.",
]

SUGGESTED = [
    ("This should be red", "rating", "R"),
    ("recommend amber", "rating", "A"),
    ("We propose this is rated R", "rating", "R"),
    ("move to GREEN", "rating", "G"),
    ("Downgrade to amber", "rating", "A"),
    ("RAG should be changed to Red", "rating", "R"),
    ("Please turn this green.", "rating", "G"),
    ("Suggest an amber rating", "rating", "A"),
    ('Suggest "amber"', "rating", "A"),
    ("Suggest rating A", "rating", "A"),
    ("Suggest change from G to A", "rating", "A"),
    ("Suggest moving from green to amber", "rating", "A"),
    ("Suggest AMBER rather than GREEN", "rating", "A"),
    ("This should be amber not green", "rating", "A"),
    ("This action should remain green", "rating", "G"),
    ("Needs to be blue", "rating", "B"),
    ("Suggest this stays amber until the audit is done", "rating", "A"),
    ("Suggest this is AMBER and reviewed once the audit is done", "rating", "A"),
    ("Suggest this is AMBER as it is not clear if it was published", "rating", "A"),
    ("If not signed off this action should be red", "conditional", "R"),
    ("If nothing comes by May this action is red", "conditional", "R"),
    ("Suggest GREEN once the plan is published", "conditional", "G"),
    ("Unless the report arrives suggest this is red", "conditional", "R"),
    ("This should not be green", "review", None),
    ("Should this be amber?", "review", None),
    ("Suggest amber/red", "review", None),
    ("Suggest red or amber", "review", None),
    ("RAG rating should be reviewed", "review", None),
    ("Exec to consider a review of the rating", "review", None),
    ("Review RAG", "review", None),
    # an outright rating before a conditional one, that before a review, and of equals the last
    ("Suggest amber.\nSuggest review RAG rating", "rating", "A"),
    ("If late suggest red.\nSuggest review RAG rating", "conditional", "R"),
    ("Suggest amber.\nMay Exec: suggest red", "rating", "R"),
]

NOT_SUGGESTED = [
    "Suggest the green paper is read",
    "Recommend less red tape",
    "Suggest amber alert procedures are added",
    "Suggest the Green Cross Code is taught",
    "Suggest we review all red actions",
    "Should be in the red folder",
    "Suggest the blue badge scheme is included",
    "We should talk to Mr Green about this",
    "Suggest we add it here",
    "Suggest a review of the risk assessment",
    "My suggestion is that this action is reviewed once the Exec agrees",
    "The rating should be clear to the reader",
    "Operating procedures need review",
    "No need to review the RAG rating",
    # what was done or will be done, and what is
    "This action is amber",
    "The rating was changed to amber in April",
    "Moved to green at April Exec",
    "RAG rating reviewed at Exec",
    "It will move to green when published",
]


@pytest.mark.parametrize(("progress", "claim"), CLAIMED)
def test_claimed_and_quoted(progress: str, claim: str) -> None:
    assert read(progress, ACTION).claim == claim


@pytest.mark.parametrize("progress", NOT_CLAIMED)
def test_not_claimed(progress: str) -> None:
    assert read(progress, ACTION).claim == ""


@pytest.mark.parametrize(("progress", "kind", "rating"), SUGGESTED)
def test_suggested(progress: str, kind: str, rating: str | None) -> None:
    found = read(progress, ACTION).suggestion
    assert found is not None
    assert (found.kind, found.rating) == (kind, rating and Rating(rating))


@pytest.mark.parametrize("progress", NOT_SUGGESTED)
def test_no_rating_is_suggested(progress: str) -> None:
    assert read(progress, ACTION).suggestion is None


@pytest.mark.parametrize(
    "progress",
    [
        "Is exercising its role.",
        "Has a plan in place.",
        "Has completed two courses",
        "What the mechanisms are is set out below",
        "Need to clarify if the review is different",
    ],
)
def test_a_statement_is_no_question(progress: str) -> None:
    assert read(progress, ACTION).questions == ()


@pytest.mark.parametrize("progress", ["", " ", "\n"])
def test_nothing_is_said_where_nothing_stands(progress: str) -> None:
    assert read(progress, ACTION) == Commentary()


remarks = st.sampled_from([row["progress"] for row in SEED.values()] + [text for text, _ in CLAIMED])


@given(st.one_of(st.text(), st.lists(st.one_of(remarks, st.text(max_size=20)), max_size=4).map(" ".join)))
def test_every_quote_stands_in_the_text(progress: str) -> None:
    said = read(progress, ACTION)
    suggested = said.suggestion.quote if said.suggestion else ""
    assert all(quote in progress for quote in (said.claim, suggested, *said.questions))
    assert all(quote == quote.strip() for quote in (said.claim, suggested, *said.questions))
