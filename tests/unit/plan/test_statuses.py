"""What the words in Status mean: complete, not complete, nothing known, or somebody is to be asked."""

import pytest

from hscb_xl.plan.finished import WORDS, normal
from hscb_xl.plan.statuses import Statuses

COMPLETE = """
Complete
completed.
 CLOSED
Done
Achieved
Delivered
Implemented
Fully achieved
Fully implemented
Discharged
Signed off
Signed-off
Finished
Actioned
Met
Fully met
Embedded
BLUE
Blue - complete
100%
100 %
100% complete
✓
✔
1 - Fully Achieved
4. Complete
1 Fully Achieved
(a) Completed
B: Complete
Green: action closed
Complete - June 2015
Completed 12/05/2015
Completed on 12 May 2015
Closed 3.4.16
Complete (see minutes of 12 May)
Closed by the Executive
Signed off at Board, June 2016
Delivered and embedded
Complete - ongoing monitoring
Action completed
Action closed
All actions complete
This has been completed
Now complete
Implemented in full
Closed - no further action required
Green (complete)
Complete - evidence provided
√
"""
NOT_COMPLETE = """
Not started
In progress
in-progress
Ongoing
On-going
On track
On target
Delayed
Overdue
Open
On hold
Behind schedule
60%
0%
99% complete
0.6
0
Not achieved
Not yet complete
Not complete
Incomplete
Not met
To be completed by June
Due to complete in May
Delayed - awaiting data
In progress - phase 1 complete
In progress, draft completed
Awaiting data from schools
Pending
At risk
Carried forward to 2016/17
Red
Amber
Green - on track
2 - In progress
4 Not achieved
(b) Not started
Action ongoing
Reopened
Outstanding
No
b) Not started because of funding
"""
ASK = """
Closed - superseded
Closed - merged with action 4
Closed (duplicate)
Closed in error
No longer required
No longer applicable
Not required
Not applicable
N/A
Merged with action 4
Superseded
Superseded by the new plan
This action has been superseded
Withdrawn
Cancelled
Transferred to the business plan
Complete?
Completed?
Complete: N
Complete - no
Completed at 60%
Complete: 40 of 48
Completed subject to sign off
Complete, awaiting approval
Completed by June 2016
Partially complete
Partially met
Part achieved
Mostly achieved
Nearly complete
Training completed
3 of 4 complete
3 complete
2 Partially achieved
Proposed for closure
Ready to be closed
Awaiting sign off
Delayed but now complete
Published
Green
Yes
1
Complete [ ]
Completed - launch in June
Closed as partners left
Closed - risk accepted
Verified
Moved to BAU
Propose close
Y
C
# slips of the hand
Compleated
Complted
Delivred
"""
UNKNOWN = """
?
Watching brief
Tuesday
2
7
110%
Chair informed
Complex
Donegal
Methodical
Newton
Completing
Implementing
"""


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        *((status, "complete") for status in lines(COMPLETE)),
        *((status, "not complete") for status in lines(NOT_COMPLETE)),
        *((status, "ask") for status in lines(ASK)),
        *((status, None) for status in ["", "  ", *lines(UNKNOWN)]),
    ],
)
def test_a_status(status: str, meaning: str | None) -> None:
    assert Statuses().meaning(status) == meaning


def test_a_text_is_no_word() -> None:
    assert Statuses().meaning("Complete " + "and so on " * 1000) is None


def test_the_words_of_a_board_come_before_ours() -> None:
    own = Statuses({"gold": "complete", "closed": "ask", "embedded in practice": "not complete"})
    assert own.meaning("Gold") == own.meaning("GOLD - June 2015") == "complete"
    assert own.meaning("Gold - subject to sign off") == "ask"
    assert own.meaning("Closed") == own.meaning("closed June 2015") == "ask"
    assert own.meaning("Embedded in practice") == "not complete"
    assert own.meaning("Embedded") == "complete"
    assert own.meaning("Golden") is None
    assert (own.is_own("gold."), own.is_own("Complete")) == (True, False)


def test_every_word_of_the_list_is_written_as_it_is_compared() -> None:
    assert [word for word in WORDS if normal(word) != word] == []
    assert all(Statuses().meaning(word) == meaning for word, meaning in WORDS.items())
