from typing import get_args

import pytest

from hscb_xl.plan import look
from hscb_xl.plan.columns import BY_KEY, Owner
from hscb_xl.plan.findings import Severity
from hscb_xl.plan.judgement import Agreement
from hscb_xl.plan.look import RGB, Look
from hscb_xl.plan.rag import Rating, RatingPolicy, Timing

READABLE = 4.5  # WCAG 2.1, success criterion 1.4.3, for text of normal size

EVERY_LOOK = (
    *(rule.look for rule in look.RULES),
    *(severity_look for _, severity_look in look.SEVERITY_LOOKS),
    *look.HEADERS.values(),
    look.TITLE,
    look.QUIET,
)


def luminance(colour: RGB) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(drawn: Look) -> float:
    lighter, darker = sorted((luminance(drawn.fill), luminance(drawn.font)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("drawn", EVERY_LOOK, ids=str)
def test_every_look_can_be_read(drawn: Look) -> None:
    assert contrast(drawn) >= READABLE


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("agreed", {word for rating in Rating for word in (rating.value, rating.name.capitalize())}),
        ("auto", {rating.value for rating in Rating}),
        ("timing", set(get_args(Timing)) - {"on time"}),
        ("agreement", set(get_args(Agreement)) - {"same"}),
    ],
)
def test_what_asks_for_attention_has_a_rule_and_what_is_fine_has_none(column: str, words: set[str]) -> None:
    assert {rule.equals for rule in look.RULES if rule.column == column} == words


@pytest.mark.parametrize("rating", Rating)
def test_a_rating_spelt_out_has_the_look_of_its_letter(rating: Rating) -> None:
    looks = {rule.equals: rule.look for rule in look.RULES if rule.column == "agreed"}
    assert looks[rating.name.capitalize()] == looks[rating.value] == look.LETTERS[rating.value]


def test_no_rule_is_declared_twice_or_for_an_unknown_column() -> None:
    assert len({(rule.column, rule.equals) for rule in look.RULES}) == len(look.RULES)
    assert {rule.column for rule in look.RULES} <= BY_KEY.keys()


def test_every_severity_and_every_owner_has_a_look() -> None:
    assert {word for word, _ in look.SEVERITY_LOOKS} == {severity.word for severity in Severity}
    assert look.HEADERS.keys() == look.OWNER_WORDS.keys() == set(get_args(Owner))


@pytest.mark.parametrize(
    ("policy", "red", "amber", "green"),
    [
        (
            RatingPolicy(),
            "R  Red: past its due date and not complete.",
            "A  Amber: due within 30 days.",
            "G  Green: complete, or due in more than 30 days.",
        ),
        (
            RatingPolicy(tolerance=31),
            "R  Red: overdue by more than 31 days.",
            "A  Amber: due within 30 days; or overdue by 31 days at most.",
            "G  Green: complete, or due in more than 30 days.",
        ),
        (
            RatingPolicy(tolerance=1, preset="completion"),
            "R  Red: overdue by more than 1 day.",
            "A  Amber: not complete, and not past its due date; or overdue by 1 day at most.",
            "G  Green: complete.",
        ),
        (
            RatingPolicy(amber_window=0),
            "R  Red: past its due date and not complete.",
            "A  Amber: due today.",
            "G  Green: complete, or due later.",
        ),
    ],
)
def test_the_key_says_the_policy_in_words(policy: RatingPolicy, red: str, amber: str, green: str) -> None:
    lines = [f"{entry.letter}  {entry.words}".strip() for entry in look.key(policy)]
    assert lines[:3] == [red, amber, green]
    assert lines[-1].startswith("No letter: not rated")


def test_blue_is_in_the_key_only_where_it_is_in_use() -> None:
    assert "B" not in [entry.letter for entry in look.key(RatingPolicy())]
    assert any(e.letter == "B" and e.words.startswith("Blue") for e in look.key(RatingPolicy(blue=True)))


@pytest.mark.parametrize("policy", [RatingPolicy(), RatingPolicy(amber_window=0, tolerance=31)])
def test_every_word_of_timing_is_explained(policy: RatingPolicy) -> None:
    explained = {line.split(":")[0] for line in look.timing_lines(policy)}
    assert explained == set(get_args(Timing))
