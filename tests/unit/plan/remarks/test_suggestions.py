"""Which comments ask for another rating: left alone and why, read and as what."""

import pytest

from hscb_xl.plan.commentary import read
from hscb_xl.plan.rag import Rating

SUGGESTED = [
    ("Propose amber", "rating", "A"),
    ("Recommend that this is moved to red", "rating", "R"),
    ("Chair requested that the rating be changed to red", "rating", "R"),
    ("Exec asked for this to be rated amber", "rating", "A"),
    ("Exec asked that the action reverts to amber", "rating", "A"),
    ("Members felt this should be red", "rating", "R"),
    ("Please amend to green", "rating", "G"),
    ("Downgrade to red.", "rating", "R"),
    ("Upgrade to green please", "rating", "G"),
    ("Move to blue", "rating", "B"),
    ("Rate as amber", "rating", "A"),
    ("suggest rating: A", "rating", "A"),
    ("Suggest G", "rating", "G"),
    ("Rating needs review", "review", None),
    ("Recommend downgrade from green to amber", "rating", "A"),
    ("Should be rated AMBER", "rating", "A"),
    ("This needs to go to red", "rating", "R"),
    ("To be rated red", "rating", "R"),
    ("Action to go back to amber", "rating", "A"),
    ("RAG to be changed to amber", "rating", "A"),
    ("Suggest turning this red until the data arrives", "rating", "R"),
    ("If the audit is not returned by May this should be red", "conditional", "R"),
    ("Recommend green once the policy is published", "conditional", "G"),
    ("To be turned amber if there is no progress by June", "conditional", "A"),
    ("Propose blue when evidence has been verified", "conditional", "B"),
    ("To be downgraded to red if milestones are missed", "conditional", "R"),
    ("Suggest moving to green subject to sign off", "conditional", "G"),
    ("Suggest green provided the Board agrees", "conditional", "G"),
    ("Suggest this goes to amber unless evidence is provided", "conditional", "A"),
    ("Consider red if no update by next meeting", "conditional", "R"),
    ("Action to turn green once published", "conditional", "G"),
    ("Chair asked that this goes red if the audit slips again", "conditional", "R"),
    ("Why is this still green?", "review", None),
    ("Can this really be green?", "review", None),
    ("Does this need to be red?", "review", None),
    ("Is green the right rating?", "review", None),
    ("Suggest Red/Amber", "review", None),
    ("Recommend red or amber", "review", None),
    ("Propose Green/Amber until May", "review", None),
    ("RAG status to be reviewed", "review", None),
    ("RAG to be reconsidered at Exec", "review", None),
    ("The RAG rating should be revisited", "review", None),
    ("Board to review the RAG", "review", None),
    ("Suggest the rating is looked at again", "review", None),
    ("Review of RAG rating required", "review", None),
    # the same in the words of other officers
    ("Recommend this is downgraded to amber", "rating", "A"),
    ("I would suggest that this is red", "rating", "R"),
    ("Suggest changing RAG to amber", "rating", "A"),
    ("Suggested RAG - Amber", "rating", "A"),
    ("Suggested rating: red", "rating", "R"),
    ("Proposed RAG: Green", "rating", "G"),
    ("Recommended status: Blue", "rating", "B"),
    ("RAG should be A", "rating", "A"),
    ("Rating to be changed to Amber", "rating", "A"),
    ("Should move to red now", "rating", "R"),
    ("This must be red", "rating", "R"),
    ("Please rate this red", "rating", "R"),
    ("Please change RAG to red", "rating", "R"),
    ("Should be amber as the data is late", "rating", "A"),
    ("Chair suggested amber", "rating", "A"),
    ("The group recommended that this be amber", "rating", "A"),
    ("Suggest this should not be red but amber", "rating", "A"),
    ("Suggest we turn this to green", "rating", "G"),
    ("Suggest turn blue", "rating", "B"),
    ("Change from green to red", "rating", "R"),
    ("Revert to amber", "rating", "A"),
    ("Return to red", "rating", "R"),
    ("Needs to go back to red", "rating", "R"),
    ("Suggest green if the audit is positive", "conditional", "G"),
    ("If no response by Friday, change to red", "conditional", "R"),
    ("Unless resolved should be red", "conditional", "R"),
    ("Turn green when signed off", "conditional", "G"),
    ("Change to blue once evidence seen", "conditional", "B"),
    ("To go green when published", "conditional", "G"),
    ("Suggest amber unless data arrives", "conditional", "A"),
    ("Recommend blue subject to evidence", "conditional", "B"),
    ("If data arrives suggest green", "conditional", "G"),
    ("To be rated amber if late", "conditional", "A"),
    ("Should turn red if not done by June", "conditional", "R"),
    ("Once the policy is signed off this should be green", "conditional", "G"),
    ("Suggest the RAG is reviewed", "review", None),
    ("Please review RAG", "review", None),
    ("RAG needs review", "review", None),
    ("RAG rating needs to be looked at", "review", None),
    ("Should this still be green?", "review", None),
    ("Is this really green?", "review", None),
    ("Should it be red or amber?", "review", None),
    ("Suggest green or amber", "review", None),
    ("Exec to reconsider the RAG rating", "review", None),
    ("Can the RAG rating be reviewed", "review", None),
    ("Does the RAG need to change?", "review", None),
]

LEFT_ALONE = """
Suggest A working group
RAG rating: R
Rating: A
# what was decided, done or is expected
Rating downgraded from amber to red after the inspection
Downgraded to amber following the audit
Changed from amber to green at the last meeting
Moved from amber to green
Chair confirmed that this is amber
Agreed to stay green
Now green
Remains amber
Currently rated amber
RAG: Amber
Amber: training delayed
Green – on track
RAG rating amended to red in March
Action to stay red until the audit is done
To remain green
RAG to remain at amber until the audit reports
Will turn green once published
Expected to turn blue in June
About to move into GREEN status
RAG rating was reviewed in April
The rating has been reviewed and is unchanged
RAG ratings were discussed
# a colour that is no rating
Red Cross to be asked to attend
Please send the green form to the team
Suggest Mrs Green attends
Suggest inviting Amber House staff
Suggest the red book is used
The blue light services should be invited
Recommend Green Flag status is sought
Consider blue sky thinking
Chair asked for the red actions to be listed
Chair asked about the green paper
Board asked that red rated actions come to each meeting
Suggest all amber actions are reviewed
Is the blue badge scheme included?
Why are green spaces not in the plan?
Has the red book been issued?
# a rating that is not this one
The risk rating should be reviewed
Suggest the Ofsted rating is explained
Food hygiene rating to be reviewed
# the same in the words of other officers
Review rating
Is amber right?
Why green?
This was green
Turned green in May
Moved to amber by Exec
Was amber, now green
Green as at May
Agreed as green
Board agreed green rating
Board agreed to change the rating to green
RAG changed to green at May Exec
Re-rated amber
Remains red due to staffing
Red: no progress
Amber rating agreed
Rating remains unchanged
No change to RAG
No need to change RAG
Continue as amber
Keep under review
To stay green until June
To remain amber
Likely to go red
Risk of turning red
Will be red by June
May turn amber
Could become red
Amber Alert scheme should be promoted
Green Lane school to be contacted
Must visit Red House
Should read the Green Paper
Recommend a red flag system in files
Suggest blue folder for evidence
Please use green ink
Suggest contacting Cllr Brown and Cllr Green
Suggest we consider the risk rating
Consider star rating of nurseries
Suggest reviewing the ragged edges
"""

QUESTIONS = """
Any update?
Has this been signed off
What evidence is there of impact
When will this be published
Who is leading on this
How will impact be measured
How many schools have replied
Which agencies have responded
Where is the evidence
Do we know whether schools have been told
Is there an update on this
Was this reported to the Board
What is the impact of this
What difference has this made
Why has this slipped
Will this be finished by May
Can we have an update
Have all partners signed up
Are we assured that it works
Did the meeting take place
Should this come to Board
Is this still on track
"""

STATEMENTS = """
When the policy is published it will be shared
Who attends is set out in the terms of reference
How it works is explained in the guide
What has been achieved is set out below
Where possible data will be shared
Which was agreed
Has been published
Is on track
Have asked for an update
Are meeting monthly
Will be published in May
Can be closed
Was agreed at Exec
Do not close
Should be finished in May
Whether this is complete is to be confirmed
Why this slipped was explained to the Board
What the Board needs is clear
"""


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("progress", "kind", "rating"), SUGGESTED)
def test_asked_for(progress: str, kind: str, rating: str | None) -> None:
    found = read(progress, "").suggestion
    assert found is not None
    assert (found.kind, found.rating, found.quote) == (kind, rating and Rating(rating), progress)


@pytest.mark.parametrize("progress", lines(LEFT_ALONE))
def test_nothing_is_asked_for(progress: str) -> None:
    assert read(progress, "").suggestion is None


@pytest.mark.parametrize("progress", lines(QUESTIONS))
def test_a_question(progress: str) -> None:
    assert read(progress, "").questions == (progress,)


@pytest.mark.parametrize("progress", lines(STATEMENTS))
def test_no_question(progress: str) -> None:
    assert read(progress, "").questions == ()
