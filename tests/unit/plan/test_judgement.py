from datetime import date

import pytest

from hscb_xl.plan.commentary import Commentary
from hscb_xl.plan.deadlines.bywhen import Due
from hscb_xl.plan.judgement import Completion, Judged, Names, completion_of, judge
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory, Listed, Reconciled
from hscb_xl.plan.rag import Rated, Rating, RatingPolicy
from hscb_xl.plan.statuses import Statuses

TODAY = date(2015, 5, 12)
NAMES = Names(
    Directory([Listed("Chair of QA Sub Group")]),
    Directory([Listed("HSCB Steering Group", ("HSCB Executive",))]),
)
CLAIM = Commentary(claim="Completed.")


def judged(agreed: str, computed: Rating | None) -> Judged:
    return Judged(
        action=Action(row=5, no=1, agreed=agreed),
        due=Due(TODAY, "day"),
        commentary=Commentary(),
        completion="none",
        rated=Rated(computed, "", 0, "on time" if computed else "no date"),
        lead=Reconciled("blank"),
        group=Reconciled("blank"),
    )


@pytest.mark.parametrize(
    ("agreed", "computed", "agreement"),
    [
        ("G", Rating.GREEN, "same"),
        (" green", Rating.GREEN, "same"),
        ("G", Rating.RED, "differs"),
        ("B", Rating.GREEN, "differs"),
        ("", Rating.RED, "not agreed"),
        ("?", Rating.RED, "not agreed"),
        ("", None, "not agreed"),
        ("A", None, "not rated"),
    ],
)
def test_agreement_is_a_word(agreed: str, computed: Rating | None, agreement: str) -> None:
    assert judged(agreed, computed).agreement == agreement


@pytest.mark.parametrize(
    ("status", "said", "completion"),
    [
        ("Complete", Commentary(), "confirmed"),
        ("completed.", Commentary(), "confirmed"),
        (" CLOSED ", CLAIM, "confirmed"),
        ("Done", Commentary(), "confirmed"),
        ("In progress", CLAIM, "none"),  # an officer's Status outweighs a claim
        ("Not complete", CLAIM, "none"),
        ("", CLAIM, "claimed"),
        ("  ", CLAIM, "claimed"),
        ("", Commentary(), "none"),
        ("Achieved", Commentary(), "confirmed"),
        ("Closed - superseded", CLAIM, "unclear"),
        ("Behind schedule", CLAIM, "none"),
        ("Watching brief", CLAIM, "none"),
    ],
)
def test_status_decides_and_progress_claims_only_where_it_is_empty(
    status: str, said: Commentary, completion: Completion
) -> None:
    assert completion_of(status, said) == completion


@pytest.mark.parametrize(
    ("agreed", "completion"),
    [
        ("Blue", "claimed"),
        ("b", "claimed"),
        ("Complete", "claimed"),
        ("Completed May 2015", "claimed"),
        ("Complete?", "unclear"),
        ("Closed - superseded", "unclear"),
        ("G", "none"),
        ("Green", "none"),
        ("Not complete", "none"),
        ("n/a", "none"),
        ("Y", "none"),
        ("", "none"),
    ],
)
def test_a_rating_of_finished_work_claims_it_where_nothing_else_is_said(
    agreed: str, completion: Completion
) -> None:
    assert completion_of("", Commentary(), agreed) == completion
    assert completion_of("In progress", Commentary(), agreed) == "none"
    assert completion_of("", CLAIM, agreed) == "claimed"


@pytest.mark.parametrize(
    ("cells", "rating", "reason"),
    [
        ({"status": "Achieved"}, "G", "Complete, confirmed by Status"),
        ({"agreed": "BLUE"}, "G", 'Complete: RAG Rating "BLUE" says so, not yet confirmed'),
        ({"progress": "Action closed."}, "G", "Complete: Progress says so, not yet confirmed"),
        (
            {"status": "No longer required", "agreed": "R"},
            None,
            'Status "No longer required" may mean complete or not: say Complete or not',
        ),
        ({"status": "On track"}, "R", "Overdue by 193 days (due 31 October 2014)"),
    ],
)
def test_finished_work_is_never_red(cells: dict[str, str], rating: str | None, reason: str) -> None:
    rated = judge_one(RatingPolicy(), by_when="October 2014", **cells).rated
    assert (rated.rating, rated.reason) == (rating, reason)


def test_the_words_of_a_board_are_those_it_is_judged_by() -> None:
    plan = Plan((Action(row=5, no=1, status="Gold"),), statuses=Statuses({"gold": "complete"}))
    assert judge(plan, NAMES, RatingPolicy(), TODAY).judged[0].completion == "confirmed"
    assert judge(Plan(plan.actions), NAMES, RatingPolicy(), TODAY).judged[0].completion == "none"


def judge_one(policy: RatingPolicy, **cells: object) -> Judged:
    action = Action(row=5, no=1, **cells)  # type: ignore[arg-type]
    return judge(Plan((action,)), NAMES, policy, TODAY).judged[0]


def test_an_action_is_judged_from_all_its_cells() -> None:
    found = judge_one(
        RatingPolicy(tolerance=31),
        action="Undertake a review",
        by_when=date(2015, 4, 30),
        lead="Chair of the QA Sub Group",
        group="HSCB Executive",
        agreed="G",
    )
    assert found.due == Due(date(2015, 4, 30), "day")
    assert (found.completion, found.agreement) == ("none", "differs")
    assert found.rated.timing == "late"
    assert found.lead.names == ("Chair of QA Sub Group",)
    assert found.group.names == ("HSCB Steering Group",)


@pytest.mark.parametrize("without", ["completed_on", "evidence", "verified_by", "status"])
def test_blue_needs_status_date_evidence_and_verifier(without: str) -> None:
    cells: dict[str, object] = {
        "status": "Complete",
        "completed_on": date(2015, 4, 1),
        "evidence": "Minutes of 8 April",
        "verified_by": "Board manager",
        "by_when": date(2015, 4, 30),
    }
    policy = RatingPolicy(blue=True)
    assert judge_one(policy, **cells).rated.rating is Rating.BLUE
    lacking = {key: value for key, value in cells.items() if key != without}
    assert judge_one(policy, **lacking).rated.rating is not Rating.BLUE


def test_empty_rows_of_the_table_are_judged_but_are_no_rows_to_check() -> None:
    plan = Plan((Action(row=5, no=1), Action(row=6, no=None, para_heading="149", area_heading="Area")))
    judgement = judge(plan, NAMES, RatingPolicy(), TODAY)
    assert len(judgement.judged) == 2
    assert [judged.action.row for judged in judgement.rows()] == [5]
