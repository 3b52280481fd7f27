from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan.deadlines.bywhen import Due, Precision, Unreadable, read
from hscb_xl.plan.wording import MONTHS
from tests.growth import MOST, worst

READ = [
    # days
    ("1 May 2015", "2015-05-01", "day"),
    ("01/05/2015", "2015-05-01", "day"),
    ("1/5/15", "2015-05-01", "day"),
    ("31.10.14", "2014-10-31", "day"),
    ("30.4.15", "2015-04-30", "day"),
    ("30/4/15", "2015-04-30", "day"),
    ("12-05-2015", "2015-05-12", "day"),
    ("31 / 10 / 2014", "2014-10-31", "day"),
    ("5 November 2014", "2014-11-05", "day"),
    ("5th Nov 2014", "2014-11-05", "day"),
    ("1st April 2015", "2015-04-01", "day"),
    ("1stApril2015", "2015-04-01", "day"),
    ("2nd of March, 2015", "2015-03-02", "day"),
    ("the 3rd June 2015", "2015-06-03", "day"),
    ("8 May 15", "2015-05-08", "day"),
    ("08-May-15", "2015-05-08", "day"),
    ("8 May '15", "2015-05-08", "day"),
    ("Friday 8 May 2015", "2015-05-08", "day"),
    ("(8 May 2015)", "2015-05-08", "day"),
    ("Completion by end March 2015", "2015-03-31", "month"),
    ("end of month June 2015", "2015-06-30", "month"),
    ("by the end of quarter two 2014/15", "2014-09-30", "quarter"),
    ("Fri, 8th May 2015", "2015-05-08", "day"),
    ("Wednesday the 31st December 2014", "2014-12-31", "day"),
    ("Thurs 30/04/2015", "2015-04-30", "day"),
    ("October 31, 2014", "2014-10-31", "day"),
    ("Oct 31st 2014", "2014-10-31", "day"),
    ("2015-05-12", "2015-05-12", "day"),
    ("2015/05/12", "2015-05-12", "day"),
    ("2015-05-12T00:00:00", "2015-05-12", "day"),
    ("2015-05-12 00:00:00.000", "2015-05-12", "day"),
    ("12/05/2015 00:00:00", "2015-05-12", "day"),
    ("12/05/2015 17:00", "2015-05-12", "day"),
    ("29/02/2016", "2016-02-29", "day"),
    ("31\u00a0October\u00a02014", "2014-10-31", "day"),
    ("31\u201110\u20112014", "2014-10-31", "day"),
    ("  31 Oct 2014.  ", "2014-10-31", "day"),
    ("31\nOctober\n2014", "2014-10-31", "day"),
    ("9thDec 2018", "2018-12-09", "day"),
    ("9Dec2018", "2018-12-09", "day"),
    ("31stMarch2018", "2018-03-31", "day"),
    ("July 1st 17", "2017-07-01", "day"),
    ("July the 1st, '17", "2017-07-01", "day"),
    ("Fri3May2019", "2019-05-03", "day"),
    ("13th October 2025 (Monday)", "2025-10-13", "day"),
    ("13 October 2025, Monday", "2025-10-13", "day"),
    # a time of day, or the end of a day
    ("Monday 13th October 2025 9.30 am", "2025-10-13", "day"),
    ("Fri 3 May 2019 at 2pm", "2019-05-03", "day"),
    ("Fri 3 May 2019 (14:00)", "2019-05-03", "day"),
    ("3 May 2019 14:00", "2019-05-03", "day"),
    ("3/5/2019, 1400 hrs", "2019-05-03", "day"),
    ("3 May 2019 9.30am - 11am", "2019-05-03", "day"),
    ("by 5 p.m. on Friday 3 May 2019", "2019-05-03", "day"),
    ("noon, 3 May 2019", "2019-05-03", "day"),
    ("by 9.30 on 3 May 2019", "2019-05-03", "day"),
    ("Fri 3 May 2019 2-4pm", "2019-05-03", "day"),
    ("Fri 3 May 2019 (am)", "2019-05-03", "day"),
    ("3 May 2019, in the morning", "2019-05-03", "day"),
    ("by midnight on 31 March 2018", "2018-03-31", "day"),
    ("by end of day 9thDec 2018", "2018-12-09", "day"),
    ("by close of play on Friday 3 May 2019", "2019-05-03", "day"),
    ("COB 31/03/18", "2018-03-31", "day"),
    ("31 March 2018 (close of business)", "2018-03-31", "day"),
    # words around a deadline
    ("by 31 Oct 2014", "2014-10-31", "day"),
    ("Before 31 Oct 2014", "2014-10-31", "day"),
    ("no later than 31 Oct 2014", "2014-10-31", "day"),
    ("By no later than 31 October 2014", "2014-10-31", "day"),
    ("on or before 31/10/2014", "2014-10-31", "day"),
    ("due 31 Oct 2014", "2014-10-31", "day"),
    ("Due date: 31 Oct 2014", "2014-10-31", "day"),
    ("Target:31 Oct 2014", "2014-10-31", "day"),
    ("to be completed by 31 Oct 2014", "2014-10-31", "day"),
    ("For completion by the end of October 2014", "2014-10-31", "month"),
    ("31 Oct 2014 at the latest", "2014-10-31", "day"),
    ("on or before October 2014", "2014-10-31", "month"),
    ("March 2015 (revised)", "2015-03-31", "month"),
    ("revised to March 2015", "2015-03-31", "month"),
    ("Revised date: March 2015", "2015-03-31", "month"),
    # months
    ("October 2014", "2014-10-31", "month"),
    ("February 2015", "2015-02-28", "month"),
    ("February 2016", "2016-02-29", "month"),
    ("Oct 2014", "2014-10-31", "month"),
    ("Oct. 2014", "2014-10-31", "month"),
    ("Sept 2014", "2014-09-30", "month"),
    ("Oct-14", "2014-10-31", "month"),
    ("Oct 14", "2014-10-31", "month"),
    ("March 15", "2015-03-31", "month"),
    ("Oct '14", "2014-10-31", "month"),
    ("Oct \u201914", "2014-10-31", "month"),
    ("Oct14", "2014-10-31", "month"),
    ("Marc 2015", "2015-03-31", "month"),
    ("October, 2014", "2014-10-31", "month"),
    ("October of 2014", "2014-10-31", "month"),
    ("10/2014", "2014-10-31", "month"),
    ("10.2014", "2014-10-31", "month"),
    ("2014-10", "2014-10-31", "month"),
    ("March\n2015", "2015-03-31", "month"),
    ("end of Oct 2014", "2014-10-31", "month"),
    ("end Oct 2014", "2014-10-31", "month"),
    ("end-October 2014", "2014-10-31", "month"),
    ("by the end of October 2014", "2014-10-31", "month"),
    ("month-end October 2014", "2014-10-31", "month"),
    # weeks
    ("w/c 4 May 2015", "2015-05-10", "week"),
    ("W/C 04/05/15", "2015-05-10", "week"),
    ("week commencing Monday 4th May 2015", "2015-05-10", "week"),
    ("week beginning: 28 December 2015", "2016-01-03", "week"),
    ("w/e 8 May 2015", "2015-05-08", "week"),
    ("by week ending Friday 8 May 2015", "2015-05-08", "week"),
    # quarters
    ("Q3 2014/15", "2014-12-31", "quarter"),
    ("Q3 2014-15", "2014-12-31", "quarter"),
    ("Q1 2014/15", "2014-06-30", "quarter"),
    ("Q2 14/15", "2014-09-30", "quarter"),
    ("Q4 2014/15", "2015-03-31", "quarter"),
    ("Q4 1999/00", "2000-03-31", "quarter"),
    ("Qtr 3 2014/2015", "2014-12-31", "quarter"),
    ("Quarter 3 of 2014/15", "2014-12-31", "quarter"),
    ("Quarter 3 (2014/15)", "2014-12-31", "quarter"),
    ("third quarter 2014/15", "2014-12-31", "quarter"),
    ("the end of the final quarter of 2014/15", "2015-03-31", "quarter"),
    ("3rd quarter of FY 2014/15", "2014-12-31", "quarter"),
    ("2014/15 Q3", "2014-12-31", "quarter"),
    ("Q2 2005", "2005-06-30", "quarter"),
    ("end of Q2 2005", "2005-06-30", "quarter"),
    ("second quarter of 2005", "2005-06-30", "quarter"),
    ("2005 Q2", "2005-06-30", "quarter"),
    # a deadline and what explains it
    ("quarter 4 (January to March 2025)", "2025-03-31", "month"),
    ("by the end of Q1 (Jan - Mar 2025)", "2025-03-31", "month"),
    ("January to March 2025 (Q4)", "2025-03-31", "month"),
    ("Q4 2024/25 (Jan-Mar)", "2025-03-31", "quarter"),
    ("Q4 2024/25: January to March 2025", "2025-03-31", "quarter"),
    ("Q3 2014/15 (i.e. by 31 December 2014)", "2014-12-31", "quarter"),
    # years
    ("2014/15", "2015-03-31", "year"),
    ("2009/10", "2010-03-31", "year"),
    ("2014-15", "2015-03-31", "year"),
    ("2014/2015", "2015-03-31", "year"),
    ("FY 2014-15", "2015-03-31", "year"),
    ("FY14/15", "2015-03-31", "year"),
    ("FY 2009-10", "2010-03-31", "year"),
    ("end of financial year 2014/15", "2015-03-31", "year"),
    ("end of the 2014/15 ", "2015-03-31", "year"),
    ("end of 2015", "2015-12-31", "year"),
    ("by end 2015", "2015-12-31", "year"),
    ("by the end of 2015", "2015-12-31", "year"),
    # ranges allow their last day
    ("October \u2013 December 2014", "2014-12-31", "month"),
    ("Oct/Nov 2014", "2014-11-30", "month"),
    ("Oct-Nov 14", "2014-11-30", "month"),
    ("November to January 2015", "2015-01-31", "month"),
    ("between October and December 2014", "2014-12-31", "month"),
    ("from October 2014 to March 2015", "2015-03-31", "month"),
    ("1-5 May 2015", "2015-05-05", "day"),
    ("1st to 5th May 2015", "2015-05-05", "day"),
    ("30 April - 5 May 2015", "2015-05-05", "day"),
    ("between 1 May 2015 and 5 May 2015", "2015-05-05", "day"),
    ("Q3/Q4 2014/15", "2015-03-31", "quarter"),
    ("Sept 2020 through to June 2021", "2021-06-30", "month"),
    ("from September 2020 up to June 2021", "2021-06-30", "month"),
    ("from Sept 2020 until the end of June 2021", "2021-06-30", "month"),
    ("September 2020 through June 2021", "2021-06-30", "month"),
    ("April 2015 to March 2016 inclusive", "2016-03-31", "month"),
    # two-digit years: 00 to 68 are of this century
    ("1 May 68", "2068-05-01", "day"),
    ("1 May 99", "1999-05-01", "day"),
]

MENDED = [
    ("February\nry 2015", "2015-02-28", '"February ry 2015" read as "February 2015"'),
    ("February ry 2015", "2015-02-28", '"February ry 2015" read as "February 2015"'),
    ("Februa ry 2015", "2015-02-28", '"Februa ry 2015" read as "February 2015"'),
    ("Febru-\nary 2015", "2015-02-28", '"Febru- ary 2015" read as "February 2015"'),
    ("Febru-ary 2015", "2015-02-28", '"Febru-ary 2015" read as "February 2015"'),
    ("Octo ber 2014", "2014-10-31", '"Octo ber 2014" read as "October 2014"'),
    ("31 Octo\nber 2014", "2014-10-31", '"31 Octo ber 2014" read as "31 October 2014"'),
    ("Octobe October 2014", "2014-10-31", '"Octobe October 2014" read as "October 2014"'),
    ("by Febuary 2015", "2015-02-28", '"by Febuary 2015" read as "by February 2015"'),
    ("Janurary 2015", "2015-01-31", '"Janurary 2015" read as "January 2015"'),
    ("5th Setpember 2014", "2014-09-05", '"5th Setpember 2014" read as "5th September 2014"'),
]

# what stands there, and a word of the reason that the officer is given
LEFT_ALONE = [
    # no deadline at all
    ("Ongoing", "next review"),
    ("on-going", "next review"),
    ("On going", "next review"),
    ("October 2014 and ongoing", "next review"),
    ("Quarterly", "how often"),
    ("monthly", "how often"),
    ("At each meeting", "how often"),
    ("TBC", "confirmed"),
    ("TBA", "confirmed"),
    ("To be agreed", "confirmed"),
    ("31 October 2014 (TBC)", "confirmed"),
    ("ASAP", "hurry"),
    ("a.s.a.p.", "hurry"),
    ("immediately", "hurry"),
    ("Immediate", "hurry"),
    ("now", "hurry"),
    ("completed", "complete"),
    ("Completed by October 2014", "complete"),
    ("N/A", "no date"),
    ("n/a", "no date"),
    ("-", "no date"),
    ("?", "no date"),
    ("by", "no day"),
    ("Jane Smith", "no day"),
    # a time that has no one last day
    ("Spring 2015", "season"),
    ("Autumn term 2014", "season"),
    ("academic year 2014/15", "season"),
    ("by Easter", "festival"),
    ("Easter 2015", "festival"),
    ("before Christmas", "festival"),
    ("New Year 2015", "festival"),
    ("mid April 2015", "part of a month"),
    ("mid-April 2015", "part of a month"),
    ("early May 2015", "part of a month"),
    ("by late May 2015", "part of a month"),
    ("beginning of May 2015", "part of a month"),
    ("first week of May 2015", "part of a month"),
    ("next meeting", "meeting"),
    ("May Exec", "meeting"),
    ("within 3 months", "counts from"),
    ("3 months", "counts from"),
    ("six months after sign off", "counts from"),
    ("month-end", "which month"),
    ("by the end of the month", "which month"),
    ("end of year", "which month"),
    ("after October 2014", "when to start"),
    ("from October 2014", "when to start"),
    ("before October 2014", "before"),
    # something is missing or can be two things
    ("May", "year is missing"),
    ("14 Oct", "year is missing"),
    ("31st October", "year is missing"),
    ("Oct 5", "year is missing"),
    ("October 14th", "year is missing"),
    ("Q3", "year is missing"),
    ("third quarter", "year is missing"),
    ("2015", "March or December"),
    ("by 2015", "March or December"),
    ("FY 2015", "which financial year"),
    ("Q3 FY2015", "which financial year"),
    ("year end 2015", "which financial year"),
    ("10/14", "without one"),
    ("31/10", "without one"),
    ("2009-10", "financial year or a month"),
    ("42094", "number"),
    ("42094.0", "number"),
    ("w/c 4 May", "week is not named"),
    ("w/c October 2014", "week is not named"),
    ("Ma 2015", "no day"),
    ("Ju 2015", "no day"),
    ("Match 2015", "no day"),
    ("Juny 2015", "no day"),
    ("March 20\n15", "more than a date"),
    # no such day
    ("31/02/2015", "no 31 February 2015"),
    ("29 February 2015", "no 29 February 2015"),
    ("0 May 2015", "no 0 May 2015"),
    ("13/13/2015", "no month 13"),
    ("10/31/2014", "day comes first"),
    ("13/2014", "no month 13"),
    ("2015-13-01", "no month 13"),
    ("Monday 8 May 2015", "day of the week"),
    ("w/e Monday 8 May 2015", "day of the week"),
    ("2014/16", "follow each other"),
    ("Q3 2014/16", "follow each other"),
    ("Q5 2014/15", "no quarter 5"),
    ("Q0 2014", "no quarter 0"),
    ("1 May 1975", "not a plan's year"),
    ("May 2214", "not a plan's year"),
    ("01/01/0001", "not a plan's year"),
    ("w/c 31/12/9999", "not a plan's year"),
    ("w/c 31/12/2100", "not a plan's year"),
    ("1 May 69", "not a plan's year"),
    ("Monday 13 October", "year is missing"),
    ("Oct 14 at 2pm", "time of day"),
    ("by close of play March 2018", "time of day"),
    ("Monday 13th October 2025 25:30", "more than a date"),
    ("13 October 2025 (Tuesday)", "day of the week"),
    ("w/c w/c 5 March 2018", "week is not named"),
    # what explains a deadline disagrees with it
    ("quarter 4 (April to June 2025)", "brackets"),
    ("quarter 4 (February to March 2025)", "brackets"),
    ("Q4 2024/25 (Jan-Feb)", "brackets"),
    ("Q3 2014/15 (January to March 2015)", "more than one"),
    ("Q4 2014/15 (before March 2015)", "more than one"),
    # it may not be so
    ("April 2018 onwards", "when to start"),
    ("not before 31 March 2018", "when to start"),
    ("commencing April 2018", "when to start"),
    ("around September 2018", "for certain"),
    ("31/03/2018?", "for certain"),
    ("March 2018 subject to funding", "depends"),
    # more than one deadline: an action is measured from the original
    ("October 2014 revised to March 2015", "more than one"),
    ("October 2014 (now March 2015)", "more than one"),
    ("31/10/14 & 31/03/15", "more than one"),
    ("12/05/2015 or 19/05/2015", "more than one"),
    ("31/10/2014 - 31/03/2015", "more than one"),
    ("October 2014\nMarch 2015", "more than one"),
    ("October 2014 / March 2015", "more than one"),
    ("revised from October 2014 to March 2015", "more than one"),
    ("October and November 2014", "more than a date"),
    ("5 and 12 May 2015", "more than a date"),
    ("31 October 2014 for the first draft", "more than a date"),
    ("5-1 May 2015", "more than a date"),
    ("March 2015 to October 2014", "more than one"),
]


# What a person would refuse, by kind; "|" stands between two of them.
REFUSED = {
    "start only": (
        "1 April 2018 onwards|April 2018 and beyond|after 31/03/2018|since April 2018"
        "|starting April 2018|to start 1 April 2018|no earlier than 31 March 2018"
        "|not until April 2018|March 2018 at the earliest"
    ),
    "left out": (
        "(March)|[tbc]|()|(31/03/2018|completion March 2018 or so|completion by March|quarter two"
        "|quarter five 2018|end of month|end of the month 2018|end of month 6 2018"
    ),
    "vague": (
        "about April 2018|c. April 2018|April 2018 approx|hopefully March 2018"
        "|(provisional) March 2018|est. March 2018|aim for March 2018|late 2018"
        "|mid-to-late March 2018|first half of 2018|H2 2018/19|next March|March 2018 or sooner"
        "|the week of 5 March 2018|2nd week of March 2018|end of next year|year 2|month 6"
    ),
    "conditional": (
        "if funding agreed March 2018|March 2018 if funded|unless agreed otherwise 31 March 2018"
        "|dependent on Ofsted - March 2018|March 2018 or when complete|upon appointment"
        "|following inspection"
    ),
    "recurring": (
        "every March from 2018|annually in March 2018|monthly to March 2018"
        "|weekly until 31 March 2018|quarterly from April 2018 to March 2019|each March to 2018"
        "|March 2018 and annually thereafter|March each year"
    ),
    "several": (
        "March or April 2018|March/April 2018 or later|March, June and September 2018"
        "|31 March and 30 June 2018|31/03/2018 30/06/2018|a) March 2018 b) June 2018"
        "|31 March 2018 > 30 April 2018|Mar-18/Apr-18|2017/18 or 2018/19"
        "|31/03/2018 (schools) 30/06/2018 (health)|March to June to July 2018|1,5 May 2018"
        "|2 March 3 April 2018"
    ),
    "partial": (
        "draft by March 2018|Phase 1 March 2018|March 2018 (draft)|half by March 2018"
        "|3 of 5 by March 2018|31/03/2018 except training|schools: 31/03/2018|40% March 2018"
        "|interim report March 2018"
    ),
    "dependent": (
        "3 months after 31 March 2018|2 weeks before 31 March 2018|within 6 months of March 2018"
        "|31 March 2018 + 3 months|two years from 2018|on receipt of report"
        "|last working day of March 2018|second Monday in March 2018|day before 31 March 2018"
    ),
    "terms and academic years": (
        "2018/19 academic year|AY 2018/19|T3 2018/19|Michaelmas 2018|end of term 2018"
        "|half term Feb 2018|semester 1 2018|Autumn 1 2018"
    ),
    "no year": (
        "31/03|31.03|Q1-Q2|quarter 4 (January to March)|Oct - Dec|1-5 May|w/c 5 March"
        "|13 October 9.30 am|COB Friday|Fri 22:30|between March and June|noon tomorrow|at 14:00"
    ),
    "no such date": (
        "31 June 2018|2018-02-30|31/00/2018|March 32 2018|Friday 31 March 2018|31 March 2018 (Sunday)"
    ),
    "other numbers": (
        "31032018|20180331|v2 5 May 2015|5 May 2015 (2 of 3)|5 May 2015 6.75|Care Act 2014"
        "|week 12 2018|July 1 17|March 31 18|31 31 March 2018|31 March 2018 2018|Room 12, March 2018"
        "|1/7/2017/18|2018/20"
    ),
    "other words": (
        "Mars 2018|maybe 2018|June 2018 Smith|31/03/2018 (see note)|review March 2018"
        "|on hold until March 2018|slipped from March 2018|originally March 2018|March 2018 *"
        "|deferred to March 2018|as action 4|superseded"
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_nothing_is_read_that_a_person_would_refuse(kind: str) -> None:
    assert {text: read(text) for text in REFUSED[kind].split("|") if isinstance(read(text), Due)} == {}


REAL = (Path(__file__).resolve().parents[3] / "real" / "deadlines.tsv").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", REAL)
def test_a_real_deadline_is_read_as_a_person_would(line: str) -> None:
    text, meaning = line.split("\t")
    found = read(text.replace("\\n", "\n"))
    assert (found.date.isoformat() if isinstance(found, Due) else "!") == meaning


def test_a_text_too_long_for_a_deadline_is_not_looked_into() -> None:
    assert isinstance(read(" " * 4000 + "October 2014"), Due)
    assert read("October 2014 " * 40) == Unreadable(
        "it is longer than 300 characters, so write the date alone here"
    )


SHAPES = [
    "w/c ",
    "w/e ",
    "by ",
    "by the end of ",
    "end of day ",
    "2pm ",
    "Mon ",
    "the ",
    "from ",
    "Q4 (",
    "(",
]
SHAPES += [
    "to ",
    "- ",
    "/",
    "31 ",
    "31 May ",
    "May ",
    "2014/",
    "Q1 ",
    ", ",
    ": ",
    "1. ",
    "(COB) ",
    "Octo ber ",
]


@pytest.mark.parametrize("end", ["5 May 2015", "x"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_deadline_costs_no_more_than_its_length(shape: str, end: str) -> None:
    """Up to the longest that is read, and far beyond it."""

    def make(size: int) -> str:
        return shape * ((size - len(end)) // len(shape)) + end

    def read_often(text: str) -> None:  # one go is too short to measure
        for _ in range(20):
            read(text)

    assert worst(read_often, make, (90, 180, 300, 32000)) <= MOST


@pytest.mark.parametrize(("text", "last", "precision"), READ)
def test_read_and_as_what(text: str, last: str, precision: Precision) -> None:
    assert read(text) == Due(date.fromisoformat(last), precision)


@pytest.mark.parametrize(("text", "last", "repaired"), MENDED)
def test_a_broken_or_misspelt_month_is_mended_and_said(text: str, last: str, repaired: str) -> None:
    found = read(text)
    assert isinstance(found, Due)
    assert (found.date, found.repaired) == (date.fromisoformat(last), repaired)


@pytest.mark.parametrize(("text", "why"), LEFT_ALONE)
def test_left_alone_and_why(text: str, why: str) -> None:
    found = read(text)
    assert isinstance(found, Unreadable)
    assert why in found.reason
    assert not found.missing
    assert not found.reason.endswith(".")


@pytest.mark.parametrize("value", [None, "", "  ", "\n", "\u00a0", "\u200b"])
def test_an_empty_cell_is_missing(value: str | None) -> None:
    assert read(value) == Unreadable("By When is empty", missing=True)


def test_a_date_cell_is_a_day() -> None:
    assert read(date(2014, 10, 1)) == Due(date(2014, 10, 1), "day")
    assert read(datetime(2014, 10, 31, 23, 59)) == Due(date(2014, 10, 31), "day")


@pytest.mark.parametrize(
    "value", [date(1900, 1, 1), date(1989, 12, 31), date(2101, 1, 1), datetime(9999, 1, 1)]
)
def test_a_date_cell_far_off_is_no_deadline(value: date) -> None:
    found = read(value)
    assert isinstance(found, Unreadable)
    assert "not a plan's year" in found.reason


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
DAY_FORMS = (
    "{d.day}/{d.month}/{d.year}",
    "{d:%d.%m.%y}",
    "{d.day} {month} {d.year}",
    "{d.day}th {month:.3} {d.year}",
    "{d:%d}-{month:.3}-{d:%y}",
    "{d:%Y-%m-%d}",
    "by {month} {d.day}, {d.year}",
)
MONTH_FORMS = ("{month} {d.year}", "{month:.3}-{d:%y}", "end of {month} {d.year}", "{d.month}/{d.year}")


@given(days, st.sampled_from(DAY_FORMS), st.sampled_from([str, str.upper, str.lower]))
def test_every_written_day_reads_back(day: date, written: str, case: Callable[[str], str]) -> None:
    text = written.format(d=day, month=MONTHS[day.month - 1])
    assert read(f"\n {case(text)} ") == Due(day, "day")


@given(days, st.sampled_from(MONTH_FORMS))
def test_a_month_is_its_last_day(day: date, written: str) -> None:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    assert read(written.format(d=day, month=MONTHS[day.month - 1])) == Due(last, "month")


@given(days, st.integers(1, 8), st.sampled_from(["", " ", "\n", "-", "-\n"]))
def test_a_month_broken_anywhere_is_never_another_month(day: date, at: int, gap: str) -> None:
    name = MONTHS[day.month - 1]
    found = read(f"{name[:at]}{gap}{name[at:]} {day.year}")
    assert isinstance(found, Due)
    assert (found.date.year, found.date.month) == (day.year, day.month)


WORDS = "Oct Ma ry 31 5th 2014 14 / - . ' Q3 w/c by to and between 2014/15 Fri (revised) ongoing FY quarter"
pieces = st.sampled_from([*MONTHS, *WORDS.split(), "end of", "12:30", "\n"])


@given(
    st.one_of(
        st.text(), st.lists(pieces, max_size=7).map(" ".join), st.lists(pieces, max_size=7).map("".join)
    )
)
def test_no_text_raises_and_case_and_spaces_do_not_matter(text: str) -> None:
    found = read(text)
    if isinstance(found, Due):
        assert 1990 <= found.date.year <= 2100
        spaced = read(f" {text.swapcase()}\n") if text.isascii() else read(f" {text}\n")
        assert isinstance(spaced, Due)
        assert (spaced.date, spaced.precision) == (found.date, found.precision)
