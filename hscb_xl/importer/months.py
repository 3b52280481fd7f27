"""A month's name that a page break cut, with or without letters printed on both pages."""

import re
from string import ascii_letters

from hscb_xl.plan.wording import MONTHS

_FIRST_WORD = re.compile(r"[A-Za-z]+(?=[\s,.;)]|$)")


def rest_of_month(before: str, after: str) -> str | None:
    """What of ``after`` goes on straight behind ``before`` to give one month's name, else None.

    "February" and "ry 2015" give " 2015"; "Febru" and "ary 2015" give "ary 2015". Both words must be
    parts of the one name that comes out, so that nothing but a repeated end of it is ever left out.
    """
    # Looked for by a pattern, the last word would be looked for from each of its letters.
    last, first = before[len(before.rstrip(ascii_letters)) :], _FIRST_WORD.match(after)
    if not last or first is None:
        return None
    repeated = _repeated(last.casefold(), first[0].casefold())
    return None if repeated is None else after[repeated:]


def _repeated(last: str, first: str) -> int | None:
    """How many letters of ``first`` stand in ``last`` already, where the two are one month; else None."""
    for month in (name.casefold() for name in MONTHS):
        overlap = len(last) + len(first) - len(month)
        is_start_and_end = month.startswith(last) and month.endswith(first) and first != month
        if is_start_and_end and overlap >= 0:
            return overlap
    return None
