"""What is looked for first leaves out nothing that the slow patterns behind it would find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan.checks import texts
from hscb_xl.plan.columns import BY_KEY, normal
from hscb_xl.plan.remarks import claims, plainly, sentences, suggestions

WORDS = (
    "suggest should be is rated rating RAG red Red AMBER amber green R A G B to from not rather than if once"
    " review completed Complete done achieved F\u0130N\u0130SHED fini\u017fhed finished partly this action Is"
    " there a date What Who 12 May 2015: Propose if so and - – . ? ! , ; : ( ) Ofsted Para No By When"
    " Octo ber <p> G. e.g. No."
).split()
SPACES = st.sampled_from([" ", " ", " ", "  ", "\n", " \n ", "", "\u00a0", "\t"])
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), SPACES), max_size=25).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
EVERY_BREAK = re.compile(rf"(?:{sentences._GAPS})|(?<=[a-z]{{3}}\.)(?={sentences._ASKING})")


@given(TEXTS)
def test_no_break_is_passed_over(text: str) -> None:
    assert sentences._BREAKS.split(text) == EVERY_BREAK.split(text)


@given(TEXTS)
def test_no_claim_is_passed_over(text: str) -> None:
    words = plainly.dated(plainly.plain(text))
    if claims._compiled(claims._HEAD).match(words) or claims._compiled(claims._LATER).search(words):
        assert any(hint in words for hint in claims._HINTS)


@given(TEXTS)
def test_no_suggestion_is_passed_over(text: str) -> None:
    if suggestions._LEFT.search(text) or suggestions._ratings(text):
        assert suggestions._may_name_one(text, text.casefold())
    if suggestions._THE_RATING.search(text):
        assert suggestions._may_speak_of_one(text.casefold())


@given(TEXTS, st.sampled_from(texts._TEXTS))
def test_no_header_is_passed_over(text: str, column: str) -> None:
    is_header = normal(text) == normal(BY_KEY[column].header)
    repeats = any(texts._headers_in(normal(line)) > 1 for line in text.splitlines())
    assert bool(texts._headers_left(text, column)) == (is_header or repeats)
