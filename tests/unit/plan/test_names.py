from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hscb_xl.errors import BadSetting
from hscb_xl.plan.names import Directory, Listed, Reconciled
from tests.growth import MOST, worst

LEADS = Directory(
    [
        Listed("Independent Chair of HSCB", own_group="HSCB Strategic Board"),
        Listed("Chair of HSAB"),
        Listed("Chair of Policy and Procedures"),
        Listed("Chair of QA Sub Group", own_group="HSCB QA Sub Group"),
        Listed("Chair of HSCB Steering Group", ("Chair of Steering Group",), "HSCB Steering Group"),
        Listed("Chair of Children at Specific Additional Risk"),
        Listed("Chair of Training and Development"),
        Listed("Head of Safeguarding and Review"),
        Listed("Head of Adults Safeguarding"),
        Listed("Framework Transformation and Performance Manager"),
    ]
)
GROUPS = Directory(
    [
        Listed("HSCB Steering Group", ("HSCB Executive",)),
        Listed("HSCB Strategic Board", ("HSCB Strategy Board",)),
        Listed("HSCB QA Sub Group"),
        Listed("Improvement Board"),
    ]
)

CANONICAL = [
    (LEADS, "Chair of QA Sub Group"),
    (LEADS, "Chair of Policy and Procedures"),
    (LEADS, "Head of Safeguarding and Review"),
    (LEADS, "  Chair of Training and Development\n"),
    (GROUPS, "HSCB Strategic Board"),
]

VARIANTS = [
    (LEADS, "Chair of the QA Sub Group", "Chair of QA Sub Group"),
    (LEADS, "Chair of QA Sub-Group", "Chair of QA Sub Group"),
    (LEADS, "chair of qa subgroup.", "Chair of QA Sub Group"),
    (LEADS, "Chair of QA\nSub Group", "Chair of QA Sub Group"),
    (LEADS, "Chair of Steering Group", "Chair of HSCB Steering Group"),
    (
        LEADS,
        "Chair of children at specific additional risk",
        "Chair of Children at Specific Additional Risk",
    ),
    (LEADS, "Chair of Policy & Procedures", "Chair of Policy and Procedures"),
    (LEADS, "Chair of Training\nand Development", "Chair of Training and Development"),
    (LEADS, "Chair of QA Sub Group / Chair of the QA Sub Group", "Chair of QA Sub Group"),
    (GROUPS, "HSCB Strategy Board", "HSCB Strategic Board"),
    (GROUPS, "HSCB Executive", "HSCB Steering Group"),
    (GROUPS, "HSCB\u00a0Steering  Group", "HSCB Steering Group"),
    (GROUPS, "Chair of the HSCB QA Sub Group", "HSCB QA Sub Group"),
]

JOINT = [
    (
        LEADS,
        "Independent Chair of the HSCB & Chair of HSAB",
        ("Independent Chair of HSCB", "Chair of HSAB"),
        (("Independent Chair of the HSCB", "Independent Chair of HSCB"),),
    ),
    (
        LEADS,
        "Head of Safeguarding and Review/Head of Adults Safeguarding",
        ("Head of Safeguarding and Review", "Head of Adults Safeguarding"),
        (),
    ),
    (
        LEADS,
        "Chair of Policy and Procedures and Chair of Training and Development, and Chair of HSAB",
        ("Chair of Policy and Procedures", "Chair of Training and Development", "Chair of HSAB"),
        (),
    ),
    (
        LEADS,
        "Chairs of QA Sub Group and Steering Group",
        ("Chair of QA Sub Group", "Chair of HSCB Steering Group"),
        (("QA Sub Group", "Chair of QA Sub Group"), ("Steering Group", "Chair of HSCB Steering Group")),
    ),
    (
        LEADS,
        "Chair of HSAB; Chair of QA Sub Group + Chair of HSAB",
        ("Chair of HSAB", "Chair of QA Sub Group"),
        (),
    ),
    (
        GROUPS,
        "Chairs of HSCB Strategic Board and Improvement Board",
        ("HSCB Strategic Board", "Improvement Board"),
        (),
    ),
    (
        GROUPS,
        "Chair of HSCB Strategy Board / Chair of the Improvement Board",
        ("HSCB Strategic Board", "Improvement Board"),
        (("HSCB Strategy Board", "HSCB Strategic Board"),),
    ),
    (GROUPS, "HSCB QA Sub Group\nHSCB Executive", ("HSCB QA Sub Group", "HSCB Steering Group"), None),
]

UNKNOWN = [
    (LEADS, "Chair of QA Sub Grp", "Chair of QA Sub Group"),
    (LEADS, "Head of Adult Safeguarding", "Head of Adults Safeguarding"),
    (LEADS, "Jane Smith", ""),
    (LEADS, "-", ""),
    # one part is known, but taking it alone would drop the other
    (LEADS, "Chair of HSAB and Director of Housing Options for Herefordshire", ""),
    (GROUPS, "Improvement Board, Health and Wellbeing Board", ""),
    (GROUPS, "Improvement", "Improvement Board"),
    (GROUPS, "zzzz; HSCB QA Sub Grp; ", "HSCB QA Sub Group"),
]


@pytest.mark.parametrize(("directory", "text"), CANONICAL)
def test_a_name_as_listed_is_canonical(directory: Directory, text: str) -> None:
    assert directory.reconcile(text) == Reconciled("canonical", (text.strip(),))


@pytest.mark.parametrize(("directory", "text", "name"), VARIANTS)
def test_another_spelling_is_a_variant(directory: Directory, text: str, name: str) -> None:
    assert directory.reconcile(text) == Reconciled("variant", (name,), variants=((text, name),))


@pytest.mark.parametrize(("directory", "text", "names", "variants"), JOINT)
def test_a_joint_text_names_every_part(
    directory: Directory,
    text: str,
    names: tuple[str, ...],
    variants: tuple[tuple[str, str], ...] | None,
) -> None:
    found = directory.reconcile(text)
    assert (found.kind, found.names) == ("joint", names)
    assert variants is None or found.variants == variants


@pytest.mark.parametrize(("directory", "text", "nearest"), UNKNOWN)
def test_what_is_not_listed_is_unknown(directory: Directory, text: str, nearest: str) -> None:
    assert directory.reconcile(text) == Reconciled("unknown", nearest=nearest)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
def test_an_empty_cell_is_blank(text: str) -> None:
    assert LEADS.reconcile(text) == Reconciled("blank")


def test_a_text_too_long_for_names_is_compared_with_none() -> None:
    for long in ("Chair of QA Sub Group and " * 60, "x" * 32_000, " " * 16_000 + "x" + " " * 16_000 + "x"):
        assert LEADS.reconcile(long) == Reconciled("unknown", too_long=True)
    listed = Directory([Listed("x" * 32_000)])
    assert listed.reconcile("x" * 32_000) == Reconciled("canonical", ("x" * 32_000,))


def test_what_is_near_a_name_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("hscb_xl.plan.names.alike", lambda word, *_, **__: asked.append(word) or [])
    directory = Directory([Listed("Chair of HSAB")])
    for row in range(50):
        directory.reconcile(f"Jane Smith{' ' * (row % 2)}")
        directory.reconcile("Jane Smith / John Jones")
    assert sorted(asked) == ["jane smith", "jane smith john jones", "john jones"]


def test_unknown_names_of_a_long_list_cost_their_number() -> None:
    def unknown(size: int) -> list[str]:
        return [f"Cahir of gruop {number} and team {number} in the south" for number in range(size)]

    listed = [Listed(f"Chair of group {number} in the north") for number in range(2000)]

    def work(texts: list[str]) -> None:
        directory = Directory(listed)
        for text in texts:
            directory.reconcile(text)

    assert worst(work, unknown, (100, 200, 400, 800)) <= MOST


@pytest.mark.parametrize("piece", ["a, ", "x/y and ", "Chair of QA Sub Grp; ", " ", "Chairs of QA and "])
def test_a_long_cell_costs_its_length(piece: str) -> None:
    assert worst(lambda text: LEADS.reconcile(text + "x"), lambda size: (piece * size)[:size]) <= MOST


def test_an_empty_list_knows_nobody() -> None:
    assert Directory([]).reconcile("Chair of HSAB") == Reconciled("unknown")


def test_a_spelling_of_two_names_is_refused_naming_both() -> None:
    with pytest.raises(BadSetting, match='"HSCB Executive" and "HSCB Steering Group"'):
        Directory([Listed("HSCB Executive"), Listed("HSCB Steering Group", ("the HSCB executive",))])


def test_a_name_listed_twice_is_one_name_unless_its_groups_differ() -> None:
    twice = Directory([Listed("Chair of HSAB", own_group="HSAB"), Listed("Chair of HSAB", ("HSAB Chair",))])
    assert twice.own_group("HSAB chair") == "HSAB"
    with pytest.raises(BadSetting, match='two groups, "HSAB" and "HSCB"'):
        Directory([Listed("Chair of HSAB", own_group="HSAB"), Listed("Chair of HSAB", own_group="HSCB")])


def test_a_name_listed_twice_in_other_capitals_and_spaces_is_the_first_with_the_aliases_of_both() -> None:
    directory = Directory(
        [Listed("HSCB Board", ("Board",)), Listed("Other"), Listed(" hscb  BOARD ", ("The Board of 2014",))]
    )
    assert [line.name for line in directory.listed] == ["HSCB Board", "Other"]
    assert directory.doubled == (("HSCB Board", "hscb  BOARD"),)
    for text in ("HSCB Board", "hscb  BOARD", "Board", "board of 2014"):
        assert directory.reconcile(text).names == ("HSCB Board",)
    assert directory.reconcile("hscb  BOARD").kind == "variant"


@pytest.mark.parametrize(
    ("lead", "group"),
    [
        ("Chair of QA Sub Group", "HSCB QA Sub Group"),
        ("chair of the QA subgroup", "HSCB QA Sub Group"),
        ("Chair of HSAB", ""),
        ("Jane Smith", ""),
        ("", ""),
    ],
)
def test_own_group(lead: str, group: str) -> None:
    assert LEADS.own_group(lead) == group


names = st.sampled_from([line.name for line in LEADS.listed])
cases = st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str])
spaces = st.sampled_from([" ", "  ", "\n", "\u00a0", "\t "])


@given(names, cases, spaces)
def test_case_and_spacing_do_not_matter(name: str, case: Callable[[str], str], space: str) -> None:
    found = LEADS.reconcile(f" {space.join(case(name).split())} ")
    assert found.kind in ("canonical", "variant")
    assert found.names == (name,)


@given(names, names, st.sampled_from(["/", " / ", "&", " & ", "; ", " + ", "\n", " and ", ", ", ", and "]))
def test_any_two_names_joined_are_joint(first: str, second: str, separator: str) -> None:
    assume(first != second)
    assert LEADS.reconcile(first + separator + second) == Reconciled("joint", (first, second))


@given(
    st.lists(st.one_of(names, st.text(max_size=12), st.sampled_from("/&;+,\n ")), max_size=8).map(" ".join)
)
def test_no_text_raises_and_only_listed_names_come_back(text: str) -> None:
    found = LEADS.reconcile(text)
    listed = {line.name for line in LEADS.listed}
    assert set(found.names) <= listed
    assert found.nearest == "" or found.nearest in listed
    assert bool(found.names) == (found.kind in ("canonical", "variant", "joint"))
