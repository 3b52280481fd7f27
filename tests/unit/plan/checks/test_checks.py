"""Each check as two tables: found (and with what), left alone (and why)."""

from datetime import date
from typing import Any

import pytest

from hscb_xl.plan import columns, rag
from hscb_xl.plan.checks import CHECKS, check
from hscb_xl.plan.checks.completion import completed_before_progress
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.commentary import Commentary, Suggestion
from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.findings import Finding, Severity
from hscb_xl.plan.judgement import Judged, Judgement, Names, completion_of
from hscb_xl.plan.model import Action, Around, Foreign, HistoryNote, Plan
from hscb_xl.plan.names import Directory, Listed
from hscb_xl.plan.rag import Rating, RatingPolicy
from tests.growth import MOST, worst

TODAY = date(2015, 5, 12)
NAMES = Names(
    Directory(
        [
            Listed("Chair of QA Sub Group"),
            Listed("Chair of HSAB"),
            Listed("Chair of HSCB Steering Group", ("Chair of Steering Group",), "HSCB Executive"),
        ]
    ),
    Directory([Listed("HSCB Steering Group", ("HSCB Executive",)), Listed("HSCB Strategic Board")]),
)
# A row that no check has anything to say about; each case changes what it is about.
CLEAN: dict[str, Any] = {
    "para": "149",
    "reference": "4.1",
    "area": "Ensure that audits are acted on.",
    "lead": "Chair of QA Sub Group",
    "by_when": "December 2015",
    "due": Due(date(2015, 12, 31), "month"),
    "progress": "The group met and agreed a programme.",
    "said": Commentary(),
    "agreed": "G",
    "group": "HSCB Steering Group",
    "status": "In progress",
}
COMPLETE = {"status": "Complete", "completed_on": date(2015, 4, 8), "evidence": "Minutes of 8 April"}
LATE = {"by_when": "April 2015", "due": Due(date(2015, 4, 30), "month"), "agreed": "R"}
ONGOING = {"by_when": "Ongoing", "due": Unreadable("it names no day")}
NO_DATE = {"by_when": None, "due": Unreadable("the cell is empty", missing=True)}
AMBER = Suggestion("rating", Rating.AMBER, "Suggest this action is AMBER")
AMBER_IF = Suggestion("conditional", Rating.AMBER, "if not published then this action is AMBER")
NOT_GREEN_IF = Suggestion("conditional", None, "if not this action should not be green")
REVIEW = Suggestion("review", None, "Suggest review RAG rating")
MENDED = HistoryNote("repaired", 1, "By When", "February ry 2016", "February 2016", "a month cut in two")


TWICE = Names(
    Directory([*NAMES.leads.listed, Listed("CHAIR OF HSAB", ("HSAB Chair",))]),
    Directory([*NAMES.groups.listed, Listed("HSCB Strategic Board"), Listed("hscb steering  group")]),
)


def judged(position: int, cells: dict[str, Any], policy: RatingPolicy) -> Judged:
    texts = {"no": position, "action": f"Undertake review {position}.", **CLEAN, **cells}
    due, said = texts.pop("due"), texts.pop("said")
    action = Action(row=4 + position, **texts)
    completion = completion_of(action.status, said, action.agreed)
    rated = rag.rate(due, completion, policy, TODAY)
    lead, group = NAMES.leads.reconcile(action.lead), NAMES.groups.reconcile(action.group)
    return Judged(action, due, said, completion, rated, lead, group)


def findings(
    *rows: dict[str, Any],
    policy: RatingPolicy | None = None,
    history: tuple[HistoryNote, ...] = (),
    names: Names = NAMES,
    around: Around | None = None,
    letters: dict[str, str] | None = None,
) -> tuple[Finding, ...]:
    policy = policy or RatingPolicy()
    all_judged = tuple(judged(position, cells, policy) for position, cells in enumerate(rows, 1))
    actions = tuple(each.action for each in all_judged)
    plan = Plan(actions, letters or {}, history=history, around=around or Around())
    return check(Judgement(plan, names, policy, TODAY, all_judged))


FOUND_IN_A_ROW: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "rating-missing",
        LATE | {"agreed": " "},
        "error agreed",
        "RAG Rating is empty. | Agree a rating and enter its letter. "
        "The computed rating is R. Overdue by 12 days (due 30 April 2015).",
    ),
    ("rating-missing", ONGOING | {"agreed": ""}, "error agreed", "No rating can be computed."),
    ("rating-unknown", {"agreed": "Yellow"}, "error agreed", '"Yellow" is not one of R, A or G. | Enter'),
    ("rating-unknown", {"agreed": "A/G"}, "error agreed", 'RAG Rating "A/G"'),
    ("rating-unknown", {"agreed": "B"}, "error agreed", "or turn blue on in Settings"),
    (
        "rating-differs",
        LATE | {"agreed": "g"},
        "warning agreed",
        "RAG Rating is G, computed is R. Overdue by 12 days (due 30 April 2015). | Accept R",
    ),
    (
        "rating-challenged",
        {"said": Commentary(suggestion=AMBER)},
        "warning agreed",
        'Progress asks for amber, while RAG Rating is G: "Suggest this action is AMBER".',
    ),
    (
        "rating-challenged",
        {"said": Commentary(suggestion=AMBER_IF)},
        "warning agreed",
        "amber on a condition",
    ),
    (
        "rating-challenged",
        {"said": Commentary(suggestion=NOT_GREEN_IF)},
        "warning agreed",
        "another rating on a",
    ),
    ("rating-challenged", {"said": Commentary(suggestion=REVIEW)}, "warning agreed", "asks for a review"),
    (
        "rating-challenged",
        {"said": Commentary(suggestion=AMBER), "agreed": ""},
        "warning agreed",
        "while RAG Rating is not known",
    ),
    ("deadline-missing", NO_DATE, "error by_when", "By When is empty. | Enter the deadline, such as"),
    (
        "deadline-unreadable",
        ONGOING,
        "error by_when",
        'By When "Ongoing" cannot be read as a deadline: it names no day. | Enter a day, a month',
    ),
    (
        "deadline-repaired",
        {"by_when": "June\nne 2015", "due": Due(date(2015, 6, 30), "month", "mended"), "agreed": "G"},
        "info by_when",
        'By When was written "June ne 2015" and is read as 30 June 2015. | Confirm the date',
    ),
    ("overdue", LATE, "warning by_when", "Overdue by 12 days (due 30 April 2015). | Say in Progress"),
    (
        "status-unknown",
        {"status": "Progressing"},
        "warning status",
        '"Progressing" is not one of Not started, In progress and Complete; it counts as not complete. '
        "| Enter In progress.",
    ),
    ("status-unknown", COMPLETE | {"status": "Closed"}, "warning status", "as Complete. | Enter Complete."),
    ("status-unknown", {"status": "?"}, "warning status", "Choose a status from the cell's list."),
    (
        "completion-unclear",
        {"status": "Closed - superseded"},
        "warning status",
        'Status "Closed - superseded" may mean complete or not, so the action is not rated. '
        "| Set Status to Complete or In progress; if the board uses the word",
    ),
    (
        "completion-unclear",
        {"status": "", "agreed": "Complete?"},
        "warning status",
        'RAG Rating "Complete?" may mean complete or not',
    ),
    (
        "completion-claimed",
        {"status": "", "agreed": "Blue"},
        "warning status",
        'RAG Rating "Blue" says it is complete, but Status is empty. | If it is, set Status',
    ),
    (
        "completion-claimed",
        {"status": "", "said": Commentary(claim="Completed.")},
        "warning status",
        'Progress says it is complete ("Completed."), but Status is empty. | If it is, set Status',
    ),
    ("complete-without-evidence", COMPLETE | {"evidence": " "}, "warning evidence", "Evidence is empty."),
    (
        "complete-without-date",
        COMPLETE | {"completed_on": None},
        "warning completed_on",
        "Completed On is empty",
    ),
    (
        "completed-without-status",
        COMPLETE | {"status": ""},
        "warning status",
        "Completed On is 8 April 2015, but Status is empty. | Set Status to Complete",
    ),
    ("completed-without-status", COMPLETE | {"status": "In progress"}, "warning status", 'is "In progress".'),
    ("completed-unreadable", COMPLETE | {"completed_on": "spring"}, "error completed_on", '"spring" is text'),
    (
        "completed-in-future",
        COMPLETE | {"completed_on": date(2015, 5, 13)},
        "error completed_on",
        "Completed On 13 May 2015 is after today, 12 May 2015. | Correct the date",
    ),
    (
        "completed-before-progress",
        COMPLETE | {"progress": "Agreed on 8 April 2015. Signed off by the Board on 30.4.15."},
        "warning completed_on",
        'Completed On is 8 April 2015, but Progress names a later day: "30.4.15". | Check that the action '
        "was complete before 30 April 2015",
    ),
    (
        "completed-before-progress",
        {
            "status": "",
            "said": Commentary(claim="Completed."),
            "progress": "Completed. To be published June 2015",
        },
        "warning status",
        'It is complete by 12 May 2015, but Progress names a later day: "June 2015".',
    ),
    (
        "completed-before-progress",
        COMPLETE | {"progress": "Signed off on 5 Sept. 2015"},
        "warning completed_on",
        'but Progress names a later day: "5 Sept. 2015".',
    ),
    (
        "completed-in-future",
        COMPLETE | {"completed_on": Period(date(2015, 6, 1), "month", "mmmm yyyy")},
        "error completed_on",
        "Completed On June 2015 is after today, 12 May 2015.",
    ),
    (
        "completed-without-status",
        {"completed_on": Period(date(2015, 4, 1), "month", "mmm-yy")},
        "warning status",
        "Completed On is Apr-15, but Status is",
    ),
    (
        "completed-before-progress",
        COMPLETE
        | {"completed_on": Period(date(2015, 4, 1), "month", "mmm-yy"), "progress": "Met 1 May 2015."},
        "warning completed_on",
        "Completed On is Apr-15, but Progress names a later day",
    ),
    (
        "completed-before-progress",
        COMPLETE | {"progress": "Signed off by Dr. Smith on 31st March, 2016."},
        "warning completed_on",
        'but Progress names a later day: "31st March, 2016".',
    ),
    (
        "completed-before-progress",
        COMPLETE | {"progress": "Review next May. Plan agreed, due to a delay, on Fri 8th May 2015"},
        "warning completed_on",
        'but Progress names a later day: "Fri 8th May 2015".',
    ),
    (
        "complete-not-begun",
        COMPLETE | {"progress": "Not yet in timescale."},
        "warning status",
        'Status is "Complete", but Progress still says "Not yet in timescale".',
    ),
    (
        "complete-not-begun",
        COMPLETE | {"progress": "Work has yet to start."},
        "warning status",
        "yet to start",
    ),
    ("lead-missing", {"lead": ""}, "error lead", "Lead is empty. | Choose the lead"),
    (
        "group-missing",
        {"group": " \n"},
        "error group",
        "Monitoring and Evaluation is empty. | Choose the group",
    ),
    (
        "lead-unknown",
        {"lead": "Chair of QA Group"},
        "error lead",
        '"Chair of QA Group" is not on the sheet Lists. | Enter "Chair of QA Sub Group" if that is meant; '
        "else add the name to the sheet Lists.",
    ),
    ("group-unknown", {"group": "Xyz"}, "error group", "| Add the name to the sheet Lists."),
    (
        "lead-unknown",
        {"lead": "Chair of QA Sub Group. " * 100},
        "error lead",
        '…" is too long for names (2,300 characters). | Leave the names alone in this cell',
    ),
    (
        "lead-variant",
        {"lead": "Chair of the QA Sub Group"},
        "warning lead",
        '"Chair of the QA Sub Group" is another way to write "Chair of QA Sub Group".',
    ),
    (
        "lead-variant",
        {"lead": "Chair of HSAB / chair of QA sub group"},
        "warning lead",
        '"chair of QA sub group" is another way',
    ),
    ("group-variant", {"group": "HSCB Executive"}, "warning group", 'Write "HSCB Steering Group"'),
    (
        "lead-joint",
        {"lead": "Chair of QA Sub Group & Chair of HSAB"},
        "info lead",
        "Lead names Chair of QA Sub Group and Chair of HSAB. | Nothing to do if all are meant: exports",
    ),
    (
        "group-joint",
        {"group": "HSCB Steering Group / HSCB Strategic Board"},
        "info group",
        "names HSCB Steer",
    ),
    (
        "own-group",
        {"lead": "Chair of HSCB Steering Group"},
        "warning group",
        "The lead chairs HSCB Steering Group, which monitors the action. | Ask the board",
    ),
    ("number-missing", {"no": None}, "error no", "No is empty."),
    ("number-missing", {"no": None, "no_text": "3a"}, "error no", 'No "3a" is not a whole number.'),
    ("action-missing", {"action": " "}, "warning action", "The row has no Action."),
    ("reference-missing", {"reference": ""}, "warning reference", "The business plan reference is empty."),
    ("reference-malformed", {"reference": "4"}, "warning reference", '"4" is not a number such as 4.1.'),
    ("reference-malformed", {"reference": "TBC"}, "warning reference", '"TBC"'),
    ("reference-malformed", {"reference": "42036.5.1 x"}, "warning reference", '"42036.5.1 x"'),
    ("page-break-leftover", {"progress": "<p>Agreed.</p>"}, "warning progress", "Progress holds the tag <p>"),
    ("page-break-leftover", {"area": "Ensure that<BR/>"}, "warning area", "the tag <BR/> from"),
    ("page-break-leftover", {"group": "Monitoring and Evaluation"}, "warning group", "holds its own header"),
    (
        "page-break-leftover",
        {"progress": "Agreed in\nOfsted Para No\tLead\tAction\tBy When\tRAG Rating\nMarch"},
        "warning progress",
        'a repeated header line "Ofsted Para No Lead Action By When RAG Rating"',
    ),
    ("page-break-leftover", {"by_when": "February\nry 2016"}, "warning by_when", 'broken word "February ry"'),
    ("page-break-leftover", {"by_when": "Decem\nber 2015"}, "warning by_when", 'broken word "Decem ber"'),
    ("page-break-leftover", {"action": "Review the policy\ncy."}, "warning action", 'word "policy cy"'),
    (
        "open-questions",
        {"said": Commentary(questions=("Is there a date?", "Who signed?"))},
        "info progress",
        'Progress holds 2 open questions, the first: "Is there a date?". | Answer in Progress',
    ),
    (
        "open-questions",
        {"said": Commentary(questions=("Why?",))},
        "info progress",
        '1 open question: "Why?".',
    ),
]


HOSTILE = [
    " ",
    "\n",
    "5 May 2016. ",
    "31 ",
    "31 May ",
    "to be ",
    "re-",
    "Dr. ",
    "not ",
    "has a ",
    "follow ",
    "until ",
]


@pytest.mark.parametrize("shape", HOSTILE)
def test_days_in_progress_cost_no_more_than_its_length(shape: str) -> None:
    row = COMPLETE | {"completed_on": None}

    def look(progress: str) -> None:
        plan = (judged(1, row | {"progress": progress}, RatingPolicy()),)
        list(completed_before_progress(Judgement(Plan(()), NAMES, RatingPolicy(), TODAY, plan)))

    assert worst(look, lambda size: "1 May" + shape * (size // len(shape)) + "x", (4000, 8000, 16000)) <= MOST


@pytest.mark.parametrize(("rule", "cells", "where", "words"), FOUND_IN_A_ROW)
def test_found_in_a_row(rule: str, cells: dict[str, Any], where: str, words: str) -> None:
    (found,) = (finding for finding in findings(cells) if finding.rule == rule)
    assert f"{found.severity.word} {found.column}" == where
    assert words in f"{found.message} | {found.remedy}"
    assert (found.row, found.no) == (5, cells.get("no", 1))


LEFT_ALONE: list[tuple[str, dict[str, Any]]] = [
    ("rating-missing", {"action": "", "agreed": ""}),  # a row without an action has nothing to rate
    ("rating-unknown", {"agreed": ""}),  # missing, which is another finding
    ("rating-unknown", {"agreed": " amber"}),  # a colour's name is a rating
    ("rating-differs", ONGOING),  # there is no computed rating to differ from
    ("rating-differs", {"agreed": ""}),  # nothing was agreed
    ("rating-differs", {"agreed": "B"}),  # not in use, which is another finding
    ("rating-challenged", {"said": Commentary(suggestion=AMBER), "agreed": "Amber"}),  # it was followed
    ("deadline-missing", NO_DATE | {"action": ""}),  # no action, so no deadline
    ("deadline-unreadable", NO_DATE),  # missing, which is another finding
    ("deadline-repaired", ONGOING),  # nothing was read
    ("overdue", LATE | COMPLETE),  # done
    ("overdue", {"due": Due(TODAY, "day")}),  # the deadline's own day is in time
    ("overdue", ONGOING),
    ("status-unknown", {"status": " not started"}),  # capitals and spaces do not matter
    ("status-unknown", {"status": ""}),
    ("status-unknown", {"status": "On track"}),  # as plainly not complete as In progress
    ("status-unknown", {"status": "Superseded"}),  # another finding asks
    ("completion-unclear", {"status": "Ongoing"}),
    ("completion-unclear", {"status": "", "agreed": "Withdrawn"}),  # says nothing of finished work
    ("completion-claimed", {"status": "Overdue", "agreed": "Blue"}),  # Status decides
    ("completion-claimed", COMPLETE | {"said": Commentary(claim="Completed.")}),  # confirmed
    ("completion-claimed", {"said": Commentary(claim="Completed.")}),  # Status says otherwise
    ("complete-without-evidence", {"status": "", "said": Commentary(claim="Completed.")}),  # only claimed
    ("complete-without-date", COMPLETE | {"completed_on": "spring"}),  # filled, if not with a date
    ("completed-without-status", {"completed_on": "spring"}),  # no date, which is another finding
    ("completed-in-future", COMPLETE | {"completed_on": TODAY}),
    ("completed-before-progress", COMPLETE | {"progress": "Agreed on 8 April 2015."}),  # the same day
    ("completed-before-progress", COMPLETE | {"progress": "Next review 1 June 2016."}),  # comes afterwards
    (
        "completed-before-progress",
        COMPLETE | {"progress": "See section 4.1.2 of the 2015/16 plan."},
    ),  # no date
    (
        "completed-before-progress",
        COMPLETE | {"progress": "Revised in April 2015."},
    ),  # the month began before
    ("completed-before-progress", {"progress": "To be published in June 2015."}),  # not said to be complete
    ("completed-in-future", COMPLETE | {"completed_on": Period(date(2015, 5, 1), "month", "mmm-yy")}),
    (
        "completed-before-progress",
        COMPLETE | {"completed_on": Period(date(2015, 4, 1), "month", "mmm-yy"), "progress": "Met 30.4.15."},
    ),
    *(
        ("completed-before-progress", COMPLETE | {"progress": progress})
        for progress in (
            "Review again with Dr. Smith on 5 May 2016.",
            "To be reviewed by Prof. Jones on 31st March, 2016",  # a title ends no remark
            "Re-audit by Cllr. Jones, 5 May 2016",
            "Review on Mon. 9 May 2016",
            "Followed up on 5 May 2016",
            "To be published in June 2015.",  # a plan that was overtaken
            "Presentation booked for 5 May 2016",
            "The new contract runs to 31 March 2018",
            "Was it signed off on 5 May 2016?",
            "Signed off by April 2016 Suggest that comes to the next Exec",  # no stop tells what is next
            "On 12 May 15 people came",
            "Part of the Q4 2015/16 programme",
        )
    ),
    ("complete-not-begun", {"progress": "Not yet in timescale."}),  # nobody says that it is complete
    ("complete-not-begun", COMPLETE | {"progress": "It was noted that all have started."}),
    ("lead-missing", {"lead": "", "action": ""}),  # no action, so nobody to lead it
    ("lead-unknown", {"lead": ""}),  # missing, which is another finding
    ("lead-unknown", {"lead": "Chair of QA Sub Group/Chair of HSAB"}),  # every part is known
    ("lead-variant", {"lead": "Nobody"}),  # unknown
    ("own-group", {"lead": "Chair of HSCB Steering Group", "group": "HSCB Strategic Board"}),
    (
        "own-group",  # another group monitors it too
        {"lead": "Chair of HSCB Steering Group", "group": "HSCB Steering Group & HSCB Strategic Board"},
    ),
    ("own-group", {"group": "HSCB Steering Group"}),  # this lead chairs no group that is listed
    ("reference-missing", {"reference": "", "action": ""}),
    ("reference-malformed", {"reference": "4.1, 4.2"}),
    ("reference-malformed", {"reference": "1.4 & 2.2"}),
    ("reference-malformed", {"reference": "3.2a and 3.3/4.10"}),
    ("page-break-leftover", {"progress": "Fewer than < 5 cases and > 2 reviews."}),  # signs and no tag
    ("page-break-leftover", {"progress": "Progress\nThe Lead gave an Action By When."}),  # good sentences
    ("page-break-leftover", {"action": "Report on the data\na board needs, also\nso far as\nit goes."}),
    ("page-break-leftover", {"lead": "Chair of QA Sub\nGroup"}),  # a line break between words
    ("page-break-leftover", {"progress": "Revised in May\nby the Board"}),  # a month and a word
]


@pytest.mark.parametrize(("rule", "cells"), LEFT_ALONE)
def test_left_alone_in_a_row(rule: str, cells: dict[str, Any]) -> None:
    assert rule not in {finding.rule for finding in findings(cells)}


def test_a_clean_row_and_an_empty_row_have_no_findings() -> None:
    empty = dict.fromkeys([*CLEAN, "action"], "") | {"no": None} | NO_DATE | {"said": Commentary()}
    assert findings({}, {}, empty) == ()


FOUND_BETWEEN_ROWS: list[tuple[str, list[dict[str, Any]], int, str]] = [
    ("number-duplicate", [{"no": 7}, {"no": 7}], 6, "No 7 stands on row 5 already."),
    ("number-order", [{"no": 1}, {"no": 3}, {"no": 2}], 7, "No 2 stands below No 3 (row 6). | Sort the plan"),
    ("number-gap", [{"no": 7}, {"no": 9}], 6, "No 8 is skipped between 7 and 9."),
    ("number-gap", [{"no": 7}, {"no": 11}], 6, "Nos 8 to 10 are skipped between 7 and 11."),
    (
        "action-duplicate",
        [{"action": "Agree a protocol."}, {"action": "agree  a\nPROTOCOL"}],
        6,
        "The Action has the same text as action 1 (row 5).",
    ),
    (
        "heading-inherited",
        [{}, {"para": "", "area": ""}],
        5,
        "Action 2 (row 6) takes Para 149 and Area from row 5. | Do not sort",
    ),
    (
        "heading-inherited",
        [{}, *[{"para": "", "area": ""}] * 2],
        5,
        "Action 2 (row 6) and action 3 (row 7) take Para 149 and Area from row 5.",
    ),
    (
        "heading-inherited",
        [{}, {"para": "150"}, *[{"para": "", "area": ""}] * 3],
        6,
        "Action 3 (row 7) to action 5 (row 9) take Para 150 and Area from row 6.",
    ),
    (
        "heading-inherited",
        [{}, {"para": "150", "area": ""}],
        5,
        "Action 2 (row 6) takes Area from row 5.",
    ),
]


@pytest.mark.parametrize(("rule", "rows", "row", "words"), FOUND_BETWEEN_ROWS)
def test_found_between_rows(rule: str, rows: list[dict[str, Any]], row: int, words: str) -> None:
    (found,) = (finding for finding in findings(*rows) if finding.rule == rule)
    assert found.row == row
    assert words in f"{found.message} | {found.remedy}"


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("number-duplicate", [{"no": None}, {"no": None}]),  # missing, which is another finding
        ("number-order", [{"no": 1}, {"no": None}, {"no": 2}]),  # a missing number has no place in the order
        ("number-gap", [{"no": 2}, {"no": 1}]),  # out of order, but none is skipped
        ("number-gap", [{"no": 12}]),  # a plan may start anywhere
        ("action-duplicate", [{"action": ""}, {"action": " "}]),  # missing
        ("heading-inherited", [{"para": "", "area": ""}, {"para": "", "area": ""}]),  # there is none above
    ],
)
def test_left_alone_between_rows(rule: str, rows: list[dict[str, Any]]) -> None:
    assert rule not in {finding.rule for finding in findings(*rows)}


FOUND_ON_LISTS = [
    ("lead-listed-twice", 5, '"Chair of HSAB" stands twice on the sheet Lists (the other time as "CHAIR OF'),
    ("group-listed-twice", 6, '"HSCB Strategic Board" stands twice on the sheet Lists and is taken as one'),
    (
        "group-listed-twice",
        5,
        '"HSCB Steering Group" stands twice on the sheet Lists (the other time as "hscb',
    ),
]


@pytest.mark.parametrize(("rule", "row", "words"), FOUND_ON_LISTS)
def test_a_name_that_stands_twice_on_lists_is_found_where_it_is_used(rule: str, row: int, words: str) -> None:
    found = findings({}, {"group": "HSCB Strategic Board"}, names=TWICE)
    assert [(each.rule, each.row) for each in found if words in each.message] == [(rule, row)]
    assert len(found) == len(FOUND_ON_LISTS)


def test_blue_is_a_known_rating_where_settings_turn_it_on() -> None:
    found = findings(COMPLETE | {"agreed": "B"}, policy=RatingPolicy(blue=True))
    assert [finding.rule for finding in found] == ["rating-differs"]


def test_overdue_within_the_tolerance_is_still_found() -> None:
    found = findings(LATE | {"agreed": "A"}, policy=RatingPolicy(tolerance=31))
    assert [finding.message for finding in found] == [
        "Late by 12 days (due 30 April 2015), within 31 days of tolerance."
    ]


@pytest.mark.parametrize(
    ("by_when", "is_found"),
    [("February 2016", True), ("March 2016", False)],  # an officer has entered another date since
)
def test_a_deadline_mended_on_import_is_confirmed(by_when: str, is_found: bool) -> None:
    found = findings({"by_when": by_when, "due": Due(date(2016, 2, 29), "month")}, history=(MENDED,))
    assert [finding.rule for finding in found] == ["deadline-repaired"] * is_found
    assert all('written "February ry 2016"' in finding.message for finding in found)


def test_findings_come_worst_first_then_by_row_and_column() -> None:
    found = findings(LATE | {"agreed": "G", "reference": ""}, {"lead": "", "agreed": ""})
    assert [(finding.severity, finding.row, finding.column) for finding in found] == [
        (Severity.ERROR, 6, "lead"),
        (Severity.ERROR, 6, "agreed"),
        (Severity.WARNING, 5, "reference"),
        (Severity.WARNING, 5, "by_when"),
        (Severity.WARNING, 5, "agreed"),
    ]


LETTERS = {key: columns.letters(index) for index, key in enumerate(BY_KEY, start=1)}
MANY = tuple(f"B{row}" for row in range(6, 15))
FOUND_AROUND: list[tuple[str, Around, str, str]] = [
    (
        "row-below-table",
        Around(4, below=("B6", "G6")),
        "error B6",
        "Below the last row of the table Plan something stands in Plan!B6 and Plan!G6, outside the table: it "
        "is not rated, not checked and in no export. | Enlarge the table: drag the corner of its last cell",
    ),
    ("row-below-table", Around(4, below=MANY), "error B6", "Plan!B10 and Plan!B11 and 3 more, outside"),
    (
        "column-not-ours",
        Around(4, foreign=(Foreign("Due Date", "K4", 'K7 holds "soon"'), Foreign("Why", "M4"))),
        "info K4",
        '"Due Date" (Plan!K4, where K7 holds "soon") and "Why" (Plan!M4) have headers of the program\'s but '
        "were not made by it. | Nothing is written there: the program has columns of its own",
    ),
    (
        "column-not-ours",
        Around(4, foreign=(Foreign("Why", "M4"),)),
        "info M4",
        "has a header of the program's",
    ),
    (
        "as-of-line-lost",
        Around(4, lost_line="=#REF!"),
        "info F4",
        "The name Plan_AsOf stands for =#REF!, which is no cell for the line that says for which day the "
        "ratings are: it is not written. | Let it stand for one empty cell of the sheet Plan",
    ),
    (
        "rating-not-stored",
        Around(4, unstored=frozenset({5})),
        "error ",
        "RAG Rating holds a formula whose value is not stored. | Open the workbook in Excel and save it",
    ),
]


@pytest.mark.parametrize(("rule", "around", "cell", "words"), FOUND_AROUND)
def test_found_around_the_rows(rule: str, around: Around, cell: str, words: str) -> None:
    (found,) = findings({"agreed": "" if around.unstored else "G"}, around=around, letters=LETTERS)
    assert found.rule == rule
    where = f"{found.letter}{found.row}" if found.letter else ""
    assert f"{found.severity.word} {where}" == cell
    assert words in f"{found.message} | {found.remedy}"


def test_of_a_column_that_the_plan_does_without_nothing_is_said() -> None:
    poor = LATE | {"reference": "", "para": "", "area": ""} | {"status": "Complete", "progress": "All done."}
    rules = {finding.rule for finding in findings(poor, letters=LETTERS)}
    assert {"reference-missing", "complete-without-evidence", "complete-without-date"} <= rules
    there = {key: letter for key, letter in LETTERS.items() if BY_KEY[key].required}
    assert {finding.rule for finding in findings(poor, letters=there)} == rules - {
        "reference-missing",
        "complete-without-evidence",
        "complete-without-date",
    }


def test_every_check_has_a_case_and_every_finding_names_a_column_and_a_remedy() -> None:
    cases = [(rule, [cells]) for rule, cells, _, _ in FOUND_IN_A_ROW]
    cases += [(rule, rows) for rule, rows, _, _ in FOUND_BETWEEN_ROWS]
    assert len({rule for rule, *_ in (*cases, *FOUND_ON_LISTS, *FOUND_AROUND)}) == len(CHECKS)
    found = [finding for _, rows in cases for finding in findings(*rows)]
    for finding in (*found, *findings({}, names=TWICE)):
        assert finding.column in BY_KEY
        assert finding.remedy.endswith(".")
