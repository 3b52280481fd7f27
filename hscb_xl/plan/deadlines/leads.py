"""The words around a deadline that name no day themselves: what leads up to it, and what stands behind it."""

import re
from dataclasses import dataclass

from hscb_xl.plan.deadlines.forms import WEEKDAY

_MERIDIEM = r"\s*[ap]\.?m\b\.?"
_CLOCK = r"(?:[01]?\d|2[0-4])"
_NOON = r"(?:12\s*)?(?:noon|mid-?day|midnight)\b"
_TIME = (
    rf"(?:{_CLOCK}[:.][0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:{_MERIDIEM}|\s*(?:z|h|hrs?|hours)\b)?"
    rf"|{_CLOCK}{_MERIDIEM}|{_CLOCK}[0-5]\d\s*(?:h|hrs?|hours)\b|{_NOON})"
)
# Without a colon or what tells morning from evening, a number before a date can be anything else.
_TIME_BEFORE = (
    rf"(?:{_CLOCK}:[0-5]\d(?:{_MERIDIEM}|\s*(?:hrs?|hours)\b)?|{_CLOCK}(?:\.[0-5]\d)?{_MERIDIEM}"
    rf"|{_CLOCK}\.[0-5]\d(?=\s+on\b)|{_NOON})"
)
_PART_OF_DAY = r"(?:(?:in\s+the\s+)?(?:morning|afternoon|evening)|[ap]\.?m\.?)"
_END_OF_DAY = (
    r"(?:(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:(?:working\s+)?day|business|play|work)"
    r"|c\.?o\.?[bp]\.?|e\.?o\.?d\.?)(?!\w)"
)

# "End of" before a year alone says which day is meant and stays.
_LEAD = re.compile(
    rf"(?:(?P<timed>{_TIME_BEFORE}|{_END_OF_DAY})"
    r"|(?:to\s+be|for)\s+(?:completed?|completion)|(?:to\s+)?complete(?=\s+by\b)|completion(?=\s+by\b)"
    r"|due(?:\s+date)?|deadline"
    r"|target(?:\s+date)?|(?:revised|extended|moved|amended)\s+to|revised(?:\s+date)?(?!\s+from\b)"
    r"|new\s+date|now|on\s+or\s+before|(?:no|not)\s+later\s+than|(?P<before>before|prior\s+to)|until|till|by"
    r"|on(?!\s+going)|at|in|during|for|(?:the\s+)?last\s+day\s+of|month[\s-]end(?:ing)?"
    r"|(?:the\s+)?end\s+of\s+(?:the\s+)?month|(?:the\s+)?end(?:\s+of\b|-)?(?![\s-]*(?:of\s+)?\d{4}$)"
    r"|the)(?:\s*[:,]\s*|\s+|(?<=-))(?=\S)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:,?\s+\(?inclusive\)?|\s+at\s+the\s+latest"
    r"|\s*\((?:revised|new|original|amended|updated|latest)(?:\s+(?:date|deadline))?\)"
    rf"|(?P<timed>(?:(?<=\d)T|,?\s*\(|\s+-\s+|,?\s+(?:at\s+|by\s+|before\s+|@\s*)?)"
    rf"(?:(?:{_CLOCK}-)?{_TIME}(?:\s*(?:-|to|until)\s*{_TIME})?|{_END_OF_DAY}|{_PART_OF_DAY})\)?))$",
    re.IGNORECASE,
)
_WEEKDAY_BEHIND = re.compile(
    rf"(?P<date>.*\d),?\s*(?:\((?P<inside>{WEEKDAY})\)|\b(?P<plain>{WEEKDAY}))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A deadline without the words around it.

    ``before``: "before" is among them. ``timed``: a time of day or the end of one is, which only a day has.
    """

    text: str
    before: bool = False
    timed: bool = False


def bare(text: str) -> Bare:
    """The deadline in ``text``, which is on one line; a day of the week behind it is set before it."""
    timed = before = False
    while behind := _BEHIND.search(text):
        timed = timed or behind["timed"] is not None
        text = text[: behind.start()]
    while lead := _LEAD.match(text):
        before = before or lead["before"] is not None
        timed = timed or lead["timed"] is not None
        text = text[lead.end() :]
    weekday = _WEEKDAY_BEHIND.fullmatch(text)
    if weekday:
        text = f"{weekday['inside'] or weekday['plain']} {weekday['date']}"
    return Bare(text, before, timed)
