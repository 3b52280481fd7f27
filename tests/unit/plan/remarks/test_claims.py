"""Which words in Progress claim an action complete: left alone and why, read as a claim and of what kind."""

import pytest

from hscb_xl.plan.commentary import read

ACTION = "Publish the revised neglect strategy on the website"

CLAIMED = """
# one word is the whole message
Closed
CLOSED.
Implemented
Delivered.
Achieved
Fully achieved
Discharged
Signed off
Signed-off.
Finished
Fully implemented
Implemented in full
Delivered in full.
✓ Done
✔ Complete
✅ Completed
☑ completed
✓
BLUE
100%
100% complete
Complete (100%)
Complete - 100%
100 per cent complete
# with the day, the person or the meeting behind it
Closed 12/5/15
Closed - June 2015
Closed at the March Board
Completed 30th June 2016
Completed Sept. 2016
Delivered on time
Delivered September 2017
Completed as planned
Completed as agreed at Board
Completed ahead of schedule
Completed by JS
Completed by the Policy Officer in May 2016
Discharged by Audit Committee 14 June 2018
Signed off by the Executive 3 March 2015
Signed off at Board on 12.5.15
Fully implemented September 2016
Completed in June 2015
Completed within timescale
Completed June 2015 (was due May 2015)
Completed via the online portal
# under a label, a number or a day
Status: Closed
STATUS - COMPLETED
Current status: complete
Outcome: achieved
Progress: Completed
RAG: Blue - complete
RAG status: Blue (complete)
Blue: completed May 2016
Green - completed
Green: action closed
B - Complete
1 - Fully Achieved
1 Fully Achieved
5: Complete
(1) Achieved
a) Completed
4. Implemented
Complete: Yes
Complete: Y
Q3 update: action completed
Q4 2015/16: complete
Quarter 2 - Completed
June 2016 – closed
14/03/2017: Action completed
14/3/17 Completed
As at 31 March 2016: complete
Year end update: Delivered
Mid-year update: completed
Update May 2016: action closed
Update (12/05/16): completed
[12 May 2016] Completed
2016-05-12 Completed
May update: complete
# said of the action, the task, the work, all of it
Action closed
Action now closed.
ACTION COMPLETED
Actions all complete
Task completed
Item closed
Recommendation implemented
Recommendation fully implemented and closed
This recommendation has been discharged
Objective achieved
This has been closed
This is now complete and has been signed off
Now complete
Now closed.
Has been completed
Has now been fully implemented
Was completed in June 2015
Work is complete
Work completed
All work now complete
We have now completed this action
The Board has completed this action
The action has now been completed and closed
All actions are now complete
All six actions are complete
All recommendations implemented
All the recommendations have been implemented
All 12 recommendations have been fully implemented
All elements of this action are complete
All actions agreed at the workshop have been completed
# said of what the action itself names
The neglect strategy is complete
The revised neglect strategy has now been completed
Neglect strategy - completed
Strategy: done
The strategy was published in May and the action is closed.
The website has been updated and this action is now complete
# and something behind it that takes nothing away
Completed and now business as usual
Complete - BAU
Completed - see minutes of 12 May
Completed (see evidence folder)
Complete. Evidence in folder 4.
Completed; evidence on file
Completed and embedded
Completed, report attached
Complete – no further action required
Closed, no further action needed
Completed with no outstanding issues
Complete, nothing outstanding
Complete, monitoring continues
Completed - will be reviewed annually
Complete. To be reviewed in 12 months.
Completed. Next review March 2017.
Complete: Audit report presented to Board 3/4/16
Completed but kept under review
Completed. Suggest this is shared with schools
# what was said before it holds no longer
Awaiting sign off. Completed 12 May
Not yet complete. Now complete.
Reopened in May. Completed in June.
In progress. Update June: completed.
# the same in the words of other officers
Action achieved
Objective met in full
Closed - 12th May 2016
Completed Oct-15
Completed (Oct 15)
Closed at QA sub group
Completed. All agencies have been informed.
Completed - now embedded in practice
Complete; will be monitored through the QA sub group
Completed and reported to Scrutiny Committee
Recommendation closed by Internal Audit, June 2019
This recommendation is fully implemented
All recommendations have been implemented and signed off
Done - published 3/3/16
Done 3rd March
Completed in March 2016
Now fully embedded and closed
Q1: Complete
Q1 2016/17 - Complete
2015/16 Q4 update: Completed
Nov 2016: All actions complete.
15.03.16 - Action closed
March 2016 Completed
Completed March 16
Complete as at 31/3/16
Position at 31 March: complete
Update 12.05.2016 – action now complete
AL 12/5/16: completed
Completed and evidence uploaded to SharePoint
Complete, evidence uploaded
All evidence submitted and action complete
The board agreed that this action is complete
Board agreed to close; action closed
Chair confirmed the action has been completed
This action is now complete following publication in May
Action complete following the May board
The work on this action is complete
Work on the strategy is complete
Strategy has been completed and disseminated to all partners
The revised strategy was finished in May 2015
Achieved - see performance report
Delivered as part of the wider programme
Implemented across all agencies
Implemented on 1 April 2016
Completed with thanks to all partners
Completed: see minutes
Complete - to continue as business as usual
Completed - annual review scheduled
Completed with evidence
Complete with all actions closed
100% achieved
Fully delivered
Fully met
Met
Action met
Completed!
COMPLETE - JAN 2016
(Complete)
"Complete"
*Completed*
• Completed
- Completed
Done & dusted
Signed off at June Exec
Closed off
Closed out June 2016
Completed 2016
Completed in 2016
Completed wc 4 May 2015
Completed on Monday 4 May 2015
Completed on the 4th of May
Action completed on time and within budget
Completed – links to action 7
Complete. No further update.
Complete, no further update required.
Action complete - remove from plan
Completed - can be removed from the plan
Confirmed as complete
Chair confirmed complete in May
Marked as complete
Completed Y
Completed - evidence provided
Completed by the revised deadline
Completed within the extended deadline of June
Completed and agreed with Chair
Completed, shared with Board
Completed (2015)
Completed. To be archived.
Completed. The remaining sessions were held in June.
Completed. Launch of phase 1 took place in May.
Completed. Implementation was monitored by the QA group.
June 2015: completed. July 2015: evidence filed.
Complete. 01/06/15: reviewed, no changes needed
Closed as completed
[x] Complete
☒ Complete
"""

NOT_CLAIMED = """
# a part of it, in figures
Completed at 60%
60% completed
Complete: 40 of 48
Completed 40/48
3/5 complete
Completed (75%)
Complete - 9 out of 10
Achieved 80% of target
Delivered 4 of the 6 sessions
12 of 15 actions completed
Nine out of ten recommendations implemented
99% complete
Two thirds complete
Half complete
Three of the four actions are closed
Implemented in 6 of 9 schools
Complete for 4 of 5 localities
Completed by 14 of 20 agencies
80 per cent complete
Completed: 0
Delivered to 85% of staff
Achieved 7/10
Completed 2 out of three modules
# a part of it, in words
Mostly complete
Complete, mostly
Largely complete
Substantially complete
Virtually complete
Nearly finished
Partly achieved
Part complete
Part implemented
Partially implemented
Majority complete
Completed in the main
Broadly achieved
Complete apart from the website
Complete bar one
Complete except for training
Complete with the exception of 2 actions
All complete except action 4
All but one complete
Completed other than the audit
Completed in most areas
Some actions completed
Several actions are complete
Most actions complete
Key actions have been completed
One action complete
Much of the work has been completed
Some of the work is complete
Initial work complete
Preparatory work completed
Phase 1 completed
Completed phase one
Complete (phase 1)
Stage 2 complete
Part 1 complete
First phase delivered
Complete - part A
Complete - interim report only
Draft complete
Completed (draft)
Completed: first draft
First draft completed
Completed so far: website updated
Completed to date: two audits
Actions completed this quarter include the audit
# somebody has yet to agree, or something is left to do
Completed, awaiting approval
Complete pending Board sign off
Completed - subject to ratification
Complete; approval awaited
Complete but needs sign off
Completed - to be signed off by the Executive
Completed, to be ratified in June
Complete, going to Board for approval in May
Complete but not yet published
Done but not evidenced
Closed subject to evidence
Delivered, evaluation outstanding
Completed - evidence required
Complete (evidence to follow)
Work complete, evidence to follow
Complete - 3 actions outstanding
Completed but issues remain
Completed, however gaps remain
Completed although not all agencies responded
Completed. Further work required.
Completed. Two actions still outstanding.
Complete. Evidence awaited.
Completed. Awaiting sign off by the Board.
Provisionally closed
Proposed complete
Recommended for closure
Ready to be closed
Ready for sign off
# not certain
Complete?
Complete (?)
Completed tbc
Complete - TBC
Complete (to be confirmed)
Believed to be complete
Thought to be complete
Assumed complete
I think this is complete
Should now be complete
Hopefully complete
Probably complete
Appears to be complete
Complete if the Board agrees
Complete unless the Board disagrees
Complete: N
Complete: No
Completed - No
Completed: not yet
# still to come, wanted, or denied
To be closed
To be implemented
Will be delivered in May
Aim to complete by June
Hope to have this completed soon
On target for completion
Due for completion in June
Scheduled to be delivered in July
Likely to be completed
Can be closed once evidence is seen
When implemented the team will report
After this is completed the team will report
Until this is complete the chair reports monthly
Before this is closed the chair will visit
Nearing completion
Complete by 30/6/15
Delivered by March 2017
Completion due June 2016
Would be complete had funding been agreed
Must be completed by July
Needs to be completed
Cannot be closed
Unable to complete
Failed to complete
Yet to be completed
Still to be completed
Never completed
No actions completed
None completed
Nothing completed
Hasn't been completed
The strategy wasn't completed
The strategy isn’t complete
Not signed off
Not closed
Not fully implemented
Far from complete
The strategy is not complete
# taken back, or closed for another reason
Completed. Reopened in June.
Complete - reopened
Closed. Re-opened following inspection
Closed in error
Marked complete in error
Complete - evidence not accepted
Completed. Evidence rejected by the Board.
Completed. The Board was not satisfied and asked for more work.
Completed. Rating changed back to amber.
Completed. Subsequently withdrawn.
Completed. Work ongoing.
Closed - superseded
Closed - merged with action 4
Closed - no longer required
Closed: duplicate of action 7
Closed - transferred to the new plan
Closed - not achieved
Closed without completion
# something else is complete
Training completed
Questionnaire completed
Recruitment process completed
The audit was completed
Completed forms returned to the team
Completed questionnaires are being analysed
Completed actions are listed in appendix B
Closed session held with members
Closed actions log is attached
Delivered a presentation to the board
Delivered training to 40 staff
Implemented a new system for recording
Achieved good feedback
Signed off sick until June
Discharged from hospital: protocol drafted
Finished product to be shown in May
Done some work on this
Complete list of schools obtained
Complete review of policy is under way
Complete overhaul needed
Other actions completed
The previous action was completed
Action 4 completed
Linked action closed
Related work completed
Actions 1 and 2 complete
Remaining actions completed
Police to confirm their part is complete
Met with the Chair
All other actions were complete
All schools have completed the audit tool
The website team has completed its move
# the same in the words of other officers
Completed in Hereford only
Completed locally, county to follow
Complete in 3 areas
Completed in North locality
Completed section 1
Complete chapters
Complete(ish)
Complete-ish
Complete with caveats
Completed with one exception
Complete with actions ongoing
Completed. One agency to respond.
Completed - launch event planned
Completed - awaiting upload
Completed, waiting for Chair
Completed yet to be signed
Completed work on data
Closed until April
Closed pending
Closed temporarily
Closed for summer
Closed meeting held
Closed cases audited
Done by end of May
Done what we can
Done as far as possible
Delivered late
Delivered via three sessions out of six
Implemented from 1 April 2017
Implemented in shadow form
Implemented on a trial basis
Implemented as a trial
Achieved with difficulty
Achieved for Q1
Achieved against plan 3 of 4
Finished first round
Action completed: no
Action complete? No
Action complete: not yet
Action completed X
Status: not complete
Status: nearly complete
Status: complete?
Status: Complete / In progress
Complete/Incomplete
Complete / ongoing
Completed/ongoing
Complete or in progress
Started and completed by May
Red: completed late
Amber - complete
RAG: Amber - action completed
The Board disagreed that this action is complete
It was disputed that the action is complete
Chair to confirm the action is complete
Confirmation that the action is complete is sought
Agreed that the action is complete when published
The strategy of Leeds is complete
The website is complete
Website completed
Website: completed
Strategy group completed the review
Work completed on the website
Work finished for the day
All agencies completed
All forms done
All training delivered
Everything complete bar the poster
Most things complete
Complete rewrite done
First version complete
Version 1 complete
V1 completed
Consultation version completed
Completed consultation
Completed consultation stage
Completed the consultation
Completed a draft
Completed audit
Completed & under review by legal
Completed, legal to review
Completed and sent to legal for comments
Completed then reopened
Completed in May, reopened in June
Complete. NB: figures not verified
Complete. However this needs revisiting.
Complete. This is now back on the agenda as the policy has changed and needs rewriting.
Completed. The action was not delivered as described.
Completed. No evidence seen.
Completed. RAG moved to amber.
Completed. Back to red.
Completed. Action reinstated.
Completed. On reflection this is not finished.
Complete. Correction: still in progress.
Complete. Update: slippage to June.
Complete. Now delayed until June.
Completed. In progress.
Completed. Ongoing.
Completed. Remains open pending the audit.
Closed. This should not have been closed.
Closed. Closure declined by Exec.
Complete. Chair does not agree.
Complete. Partially.
Completed. Except for schools.
Completed. Apart from health.
Completed. 60%.
Completed. To date 4 of 7 agencies have replied.
Completed. Awaiting.
Completed. Not signed off.
# a later report, under a day or label of its own
March: complete. June: ongoing.
March 2015 – Complete. June 2015 – In progress
Q1: Complete. Q2: Paused.
# the next step is still to come, or somebody else has it
Completed; launch in June
Completed - publication June
Completed - going live 1 June
Completed; training to commence June
Completed. Publication date tbc.
Completed. Roll-out continues.
Completed. Roll-out to remaining schools continues.
Completed. Phase 2 starts in May.
Completed. Part 2 to start in May.
Completed. To be published in June.
Completed. Will be published in June.
Completed. Publish in June.
Completed but unpublished
Completed and now being rolled out
Completed and being checked
Completed and passed to legal
Complete – with designers
Complete - on agenda for June Exec
Completed – comments invited by 12 May
Implemented, embedding
# it stays open, has a new day, or is disputed
Completed. Keep open.
Completed. Leave open for now.
Completed. Stays amber.
Completed. Deadline extended to June.
Completed. New deadline June 2024.
Completed. Extension agreed to June.
Complete – new date June 2024
Completed - Ofsted disagreed
Completed. Chair challenged this.
Completed. QA found errors so to be redone.
Completed. Action re-instated May 2023.
# somebody has it to do, or wants more
Completed. Candidate to start 3 June.
Complete. JB to redraft.
Complete. JB to amend and re-submit.
Complete. Some tweaks to be made.
Completed. For sign off at June Board.
Completed. Approval due June.
Completed. Out for consultation until June.
Completed. To do: upload.
Completed. Chair wants to see evidence.
Completed, JB unhappy with format
# closed for another reason
Closed as unachievable
Closed as covered by action 3
Closed because the funding ended
Closed - see action 3
Closed – risk accepted
# a box that nobody ticked, both answers, a count
Complete [ ]
☐ Complete
✗ Complete
☐ Complete ☒ In progress
Complete - Y/N
Complete (N)
Completed (3)
Completed, sort of
"""

OUTCOMES_CLAIMED = [
    ("Revised constitution agreed by Cabinet", "Agreed by Cabinet 12/2/16"),
    ("Annual report presented to Scrutiny", "Presented to Scrutiny Committee on 4 July 2016"),
    ("Escalation policy ratified", "Ratified March 2015"),
    ("Threshold document reviewed and approved", "Reviewed and approved by Board 3.3.15"),
    ("Multi-agency audit programme", "Audit programme has been delivered"),
]
OUTCOMES_NOT_CLAIMED = [
    ("Revised constitution agreed by Cabinet", "Agreed in principle by Cabinet"),
    ("Revised constitution agreed by Cabinet", "Agreed by the task group, with Cabinet in May"),
    ("Revised constitution agreed by Cabinet", "To be agreed by Cabinet"),
    ("Revised constitution agreed by Cabinet", "Agreed by Cabinet subject to legal advice"),
    ("Revised constitution agreed by Cabinet", "Agreed that the group will meet again"),
    ("Annual report presented to Scrutiny", "Draft presented to Scrutiny"),
    ("Publish the strategy", "Approved by Cabinet 12/2/16"),
    ("Multi-agency audit programme", "First audit delivered"),
]

OTHER_ACTIONS_CLAIMED = [
    (
        "Ensure all staff complete level 2 training",
        "Level 2 training has been delivered to all staff. Action complete.",
    ),
    ("Develop a thresholds document", "Thresholds document completed and launched in May."),
    ("Develop a thresholds document", "Threshold document complete"),
    ("Develop a thresholds document", "The thresholds document has been finished and shared."),
    ("Recruit an independent chair", "Independent chair recruited. Completed."),
    ("Recruit an independent chair", "Action completed - chair appointed 3/2/15"),
    ("Review information sharing protocol", "Protocol reviewed. Action complete."),
    ("Review information sharing protocol", "Complete (May 2015)"),
    ("Produce an annual report", "Annual report completed"),
    ("Produce an annual report", "Annual report is now complete and on the website"),
    ("Produce an annual report", "Report complete and signed off by Board on 14 May"),
    ("Audit of case files to be undertaken", "Audit completed June 2015"),
    ("Audit of case files to be undertaken", "Audit complete."),
    ("Implement the new referral form", "Implemented 1/4/15"),
    ("Implement the new referral form", "New referral form implemented"),
    ("Implement the new referral form", "The form has been implemented across all agencies"),
    ("Hold a development day", "Completed - held on 3 March"),
    ("Hold a development day", "Development day delivered 3 March 2015"),
    ("Secure funding for the advocate", "Closed. Funding agreed."),
    ("Publish data set", "Q2 – complete"),
    ("Publish data set", "30/06/15 – JB – Complete"),
    ("Publish data set", "30.6.15: This action has been completed."),
    ("Publish data set", "Update 30 June: this action is now complete"),
    ("Publish data set", "COMPLETED – data set published"),
    ("Publish data set", "Data set now complete"),
    ("Publish data set", "All tasks completed and data set live"),
    ("Publish data set", "Done – see link"),
    ("Publish data set", "Task complete: evidence filed"),
    ("Publish data set", "All actions within this recommendation have been completed"),
    ("Publish data set", "Actions 100% complete"),
    ("Publish data set", "Recommendation discharged by Audit Committee"),
    ("Publish data set", "Fully implemented as at June 2016"),
    ("Publish data set", "This recommendation has now been implemented in full."),
    ("Publish data set", "The recommendation was implemented in March 2016."),
    ("Publish data set", "Agreed at Cabinet to close. Action closed."),
    ("Publish data set", "Completed early"),
    ("Publish data set", "Completed within the deadline"),
    ("Publish data set", "Work has been completed and the data set is live"),
]
OTHER_ACTIONS_NOT_CLAIMED = [
    ("Ensure all staff complete level 2 training", "All staff to complete by June"),
    ("Ensure all staff complete level 2 training", "Staff have completed level 1 training"),
    ("Ensure all staff complete level 2 training", "Training completed by 85% of staff"),
    ("Ensure all staff complete level 2 training", "Staff who have completed training are listed"),
    ("Ensure all staff complete level 2 training", "Completed by most teams"),
    ("Ensure all staff complete level 2 training", "120 staff completed training"),
    ("Develop a thresholds document", "Thresholds document consultation completed"),
    ("Develop a thresholds document", "Draft thresholds document completed"),
    ("Develop a thresholds document", "Document almost complete"),
    ("Develop a thresholds document", "Thresholds workshop delivered"),
    ("Develop a thresholds document", "Complete draft circulated"),
    ("Develop a thresholds document", "Completed document to be presented in June"),
    ("Recruit an independent chair", "Interviews completed"),
    ("Recruit an independent chair", "Recruitment will be complete by June"),
    ("Recruit an independent chair", "Advert closed 3 May"),
    ("Recruit an independent chair", "Closed adverts, shortlisting now"),
    ("Recruit an independent chair", "Applications closed"),
    ("Review information sharing protocol", "Reviewed by two of the partners"),
    ("Review information sharing protocol", "Review started. Initial meeting delivered."),
    ("Review information sharing protocol", "Review of protocol completed by health only"),
    ("Produce an annual report", "Chapter 1 complete"),
    ("Produce an annual report", "Report due to be completed in July"),
    ("Produce an annual report", "Annual report 2013/14 completed; 2014/15 in preparation"),
    ("Produce an annual report", "Completed the introduction"),
    ("Audit of case files to be undertaken", "Audit tool completed"),
    ("Audit of case files to be undertaken", "Ten files completed"),
    ("Audit of case files to be undertaken", "Audit of 10 files completed, 20 more due"),
    ("Audit of case files to be undertaken", "Audit completed for cohort one"),
    ("Implement the new referral form", "Implemented in two areas"),
    ("Implement the new referral form", "Implementation complete in Leominster"),
    ("Implement the new referral form", "Not implemented by GPs"),
    ("Implement the new referral form", "To be fully implemented by Sept"),
    ("Implement the new referral form", "Form designed. Will be implemented in May."),
    ("Hold a development day", "Delivered a presentation on the day"),
    ("Hold a development day", "Planning for the day is complete"),
    ("Secure funding for the advocate", "Funding bid completed"),
    ("Secure funding for the advocate", "Bid closed"),
    ("Improve attendance at Board", "Attendance achieved 70%"),
    ("Improve attendance at Board", "Target not achieved"),
    ("Improve attendance at Board", "Improvement achieved in part"),
    ("Publish data set", "Complete apart from health data"),
    ("Publish data set", "Complete data set awaited"),
    ("Publish data set", "Completed. Health data missing."),
    ("Publish data set", "Completed - but now out of date"),
    ("Publish data set", "Completed - quality of data poor so will be redone"),
    ("Publish data set", "Complete. Needs redoing."),
    ("Publish data set", "Complete. This action has been re-opened at the request of the chair."),
    ("Publish data set", "Marked as complete in Feb; chair does not accept this"),
    ("Publish data set", "Complete? To be confirmed with JB"),
    ("Publish data set", "Complete - JB to confirm"),
    ("Publish data set", "Complete: JB to confirm"),
    ("Publish data set", "Completed tasks: 4"),
    ("Publish data set", "Completed actions: 3 of 7"),
    ("Publish data set", "3 actions completed, 4 ongoing"),
    ("Publish data set", "Action 1 complete, action 2 ongoing"),
    ("Publish data set", "Action (a) complete; action (b) ongoing"),
    ("Publish data set", "a) complete b) in progress"),
    ("Publish data set", "a) Completed\nb) In progress"),
    ("Publish data set", "1. Completed\n2. Not started"),
    ("Publish data set", "i. Complete ii. Outstanding"),
    ("Publish data set", "Health: complete. Police: in progress."),
    ("Publish data set", "Police - completed\nHealth - not completed"),
    ("Publish data set", "Part (a) completed"),
    ("Publish data set", "Element 1 complete"),
    ("Publish data set", "Done in Q1, to repeat in Q3"),
    ("Publish data set", "Achieved last year, not this year"),
    ("Publish data set", "Was complete but has slipped"),
    ("Publish data set", "Was complete, now overdue"),
    ("Publish data set", "Previously complete; new data set required"),
    ("Publish data set", "Almost done"),
    ("Publish data set", "Done to a point"),
    ("Publish data set", "Not done"),
    ("Publish data set", "Nothing done"),
    ("Publish data set", "Being completed"),
    ("Publish data set", "Is being implemented"),
    ("Publish data set", "Should be complete by now"),
    ("Publish data set", "Chair asked whether this is complete"),
    ("Publish data set", "Can this be closed"),
    ("Publish data set", "Please complete"),
    ("Publish data set", "Close when complete"),
    ("Publish data set", "Completion form sent"),
    ("Publish data set", "March: Completed\nJune: Not yet published, with comms"),
]


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("progress", lines(CLAIMED))
def test_a_claim(progress: str) -> None:
    assert read(progress, ACTION).claim


@pytest.mark.parametrize("progress", lines(NOT_CLAIMED))
def test_no_claim(progress: str) -> None:
    assert read(progress, ACTION).claim == ""


@pytest.mark.parametrize(("action", "progress"), OUTCOMES_CLAIMED)
def test_an_action_worded_as_an_outcome_is_claimed_in_its_words(action: str, progress: str) -> None:
    assert read(progress, action).claim == progress


@pytest.mark.parametrize(("action", "progress"), OUTCOMES_NOT_CLAIMED)
def test_an_outcome_in_other_words_is_not_claimed(action: str, progress: str) -> None:
    assert read(progress, action).claim == ""


@pytest.mark.parametrize(("action", "progress"), OTHER_ACTIONS_CLAIMED)
def test_a_claim_for_another_action(action: str, progress: str) -> None:
    assert read(progress, action).claim


@pytest.mark.parametrize(("action", "progress"), OTHER_ACTIONS_NOT_CLAIMED)
def test_no_claim_for_another_action(action: str, progress: str) -> None:
    assert read(progress, action).claim == ""
