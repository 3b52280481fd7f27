from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan import rag
from hscb_xl.plan.commentary import Commentary
from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.judgement import Completion, Judged, Judgement, Names
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory, Listed
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.summary import Counts, Overdue, summarise

TODAY = date(2015, 5, 12)
LEADS = ("Chair of QA Sub Group", "Chair of HSAB")
GROUPS = ("HSCB Steering Group", "HSCB Strategic Board", "Improvement Board")
NAMES = Names(Directory(map(Listed, LEADS)), Directory(map(Listed, GROUPS)))


def row(
    no: int | None,
    days: int | None = None,
    agreed: str = "",
    completion: Completion = "none",
    lead: str = "",
    group: str = "",
) -> Judged:
    """An action that is ``days`` past its deadline; None: it has no deadline."""
    due = Unreadable("", missing=True) if days is None else Due(TODAY - timedelta(days=days), "day")
    action = Action(row=4 + (no or 99), no=no, action=f"Action {no}", agreed=agreed, lead=lead, group=group)
    rated = rag.rate(due, completion, RatingPolicy(), TODAY)
    named = NAMES.leads.reconcile(lead), NAMES.groups.reconcile(group)
    return Judged(action, due, Commentary(), completion, rated, *named)


def judgement(*rows: Judged) -> Judgement:
    return Judgement(Plan(tuple(each.action for each in rows)), NAMES, RatingPolicy(), TODAY, rows)


def test_the_whole_plan_is_counted_by_agreed_and_computed_rating() -> None:
    overall = summarise(
        judgement(
            row(1, 193, "G"),
            row(2, 12, "red"),
            row(3, -10, "A"),
            row(4, -100, ""),
            row(5, 193, "G", "claimed"),
            row(6, None, "?"),
        )
    ).overall
    assert overall.actions == 6
    assert overall.agreed == Counts(red=1, amber=1, green=2, none=2)
    assert overall.computed == Counts(red=2, amber=1, green=2, none=1)
    assert (overall.overdue, overall.differs) == (2, 1)


def test_a_joint_action_counts_under_each_name_and_strangers_come_last() -> None:
    summary = summarise(
        judgement(
            row(1, group=""),
            row(2, group="Task  group"),
            row(3, group="HSCB Strategic Board & HSCB Steering Group"),
            row(4, group="the HSCB Strategic Board"),
        )
    )
    assert [(line.name, line.actions) for line in summary.by_group] == [
        ("HSCB Steering Group", 1),
        ("HSCB Strategic Board", 2),
        ("(unknown name: Task group)", 1),
        ("(no group)", 1),
    ]
    assert [(line.name, line.actions) for line in summary.by_lead] == [("(no lead)", 4)]


def test_the_five_longest_overdue_need_attention() -> None:
    rows = [row(no, days) for no, days in enumerate((3, 40, -5, 40, 1, 2, 500), 1)]
    done = row(8, 900, completion="confirmed")
    worst = summarise(judgement(*rows, done)).needs_attention
    assert [(overdue.no, overdue.days) for overdue in worst] == [(7, 500), (2, 40), (4, 40), (1, 3), (6, 2)]
    assert worst[0] == Overdue(no=7, row=11, action="Action 7", lead="", days=500)


def test_empty_rows_are_no_actions() -> None:
    empty = row(None)
    blank = Judged(
        Action(row=9, no=None, para_heading="149"),
        empty.due,
        empty.commentary,
        "none",
        empty.rated,
        empty.lead,
        empty.group,
    )
    assert summarise(judgement(blank)).overall.actions == 0


def test_frames_hold_the_figures() -> None:
    pytest.importorskip("pandas")
    rows = judgement(row(1, 10, "G", lead=LEADS[0], group=GROUPS[0]), row(None, 20, "R", lead=LEADS[1]))
    frames = summarise(rows).to_frames()
    assert list(frames) == ["overall", "by_group", "by_lead", "needs_attention"]
    assert frames["overall"].to_dict("records") == [
        {
            "name": "All actions",
            "actions": 2,
            "agreed_red": 1,
            "agreed_amber": 0,
            "agreed_green": 1,
            "agreed_blue": 0,
            "agreed_none": 0,
            "computed_red": 2,
            "computed_amber": 0,
            "computed_green": 0,
            "computed_blue": 0,
            "computed_none": 0,
            "overdue": 2,
            "differs": 1,
        }
    ]
    assert list(frames["by_lead"]["name"]) == list(LEADS)
    assert frames["needs_attention"]["no"].dropna().tolist() == [1]


def test_frames_of_an_empty_plan_keep_their_columns() -> None:
    pytest.importorskip("pandas")
    frames = summarise(judgement()).to_frames()
    assert list(frames["needs_attention"].columns) == ["no", "row", "action", "lead", "days"]
    assert list(frames["by_group"].columns) == list(frames["overall"].columns)


some_rows = st.lists(
    st.builds(
        row,
        st.one_of(st.none(), st.integers(1, 99)),
        st.one_of(st.none(), st.integers(-400, 400)),
        st.sampled_from(["R", "A", "G", "B", "", "amber", "?"]),
        st.sampled_from(["confirmed", "claimed", "none"]),
        st.sampled_from(["", "Stranger", *LEADS]),
        st.sampled_from(["", *GROUPS, f"{GROUPS[0]} & {GROUPS[2]}"]),
    ),
    max_size=12,
)


@given(some_rows)
def test_every_action_is_counted(rows: list[Judged]) -> None:
    summary = summarise(judgement(*rows))
    for line in (summary.overall, *summary.by_group, *summary.by_lead):
        assert line.agreed.total == line.computed.total == line.actions > 0 or line is summary.overall
    assert summary.overall.agreed.total == summary.overall.computed.total == len(rows)
    assert sum(line.actions for line in summary.by_lead) == len(rows)
    assert sum(line.actions for line in summary.by_group) == sum(
        max(1, len(each.group.names)) for each in rows
    )
