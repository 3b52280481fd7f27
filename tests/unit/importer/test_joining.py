"""Two pieces of a cell: how they are joined, and what is left as it is."""

import pytest

from hscb_xl.importer.joining import joined
from hscb_xl.importer.months import rest_of_month
from hscb_xl.plan.wording import MONTHS
from tests import growth


def join(key: str, *pieces: str) -> str:
    return joined(list(enumerate(pieces, start=1)), 1, key)[0]


JOINED = [
    ("the sentence goes on", ("national and", "local priorities."), "national and local priorities."),
    ("a name goes on in capitals", ("HSCB Steering", "Group"), "HSCB Steering Group"),
    ("a word stands twice", ("the Group", "Group met"), "the Group Group met"),
    ("a sentence ended, a small letter follows", ("e.g.", "training"), "e.g. training"),
    ("a sentence ended, a number follows", ("approx.", "30 staff"), "approx. 30 staff"),
    (
        "a page's end closed the paragraph",
        ("<p>in and out of</p>", "County) What"),
        "in and out of County) What",
    ),
    ("both pages mark one paragraph", ("<p>new Learning</p>", "<p>and more</p>"), "new Learning and more"),
    ("one paragraph over the break", ("<p>the Board", "agreed</p>"), "the Board agreed"),
    ("a sentence ended, another begins", ("May Exec.", "In addition"), "May Exec.\nIn addition"),
    ("a quoted sentence ended", ("“Is it done?”", "(Yes)"), "“Is it done?”\n(Yes)"),
    ("a paragraph ended, another begins", ("<p>in MASH</p>", "<p>Suggest</p>"), "in MASH\nSuggest"),
    ("an empty first piece", ("", "All of it"), "All of it"),
    ("a month in prose is not mended", ("in February", "ry 2015"), "in February ry 2015"),
]


@pytest.mark.parametrize(("pieces", "text"), [case[1:] for case in JOINED], ids=[case[0] for case in JOINED])
def test_joined_as(pieces: tuple[str, ...], text: str) -> None:
    assert join("progress", *pieces) == text


LEFT_ALONE = [
    ("nothing is cut", "March", "2015"),
    ("a whole month again", "May", "May 2015"),
    ("not the end of that month", "March", "ry 2015"),
    ("letters are missing between", "Feb", "ry 2015"),
    ("a word that is no month", "Spring", "ng 2015"),
    ("digits are no word", "October 20", "2014"),
    ("the next word goes on", "May", "y/e 2015"),
]
MENDED = [
    ("its end printed twice", "February", "ry 2015", "February 2015"),
    ("cut with nothing twice", "by Febru", "ary 2015", "by February 2015"),
    ("cut with letters twice", "SEPTEMB", "BER 2014", "SEPTEMBER 2014"),
    ("nothing follows", "31 August", "st", "31 August"),
]


@pytest.mark.parametrize(
    ("before", "after"), [case[1:] for case in LEFT_ALONE], ids=[case[0] for case in LEFT_ALONE]
)
def test_deadlines_joined_with_a_space(before: str, after: str) -> None:
    assert rest_of_month(before, after) is None
    assert join("by_when", before, after) == f"{before} {after}"


@pytest.mark.parametrize(
    ("before", "after", "text"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED]
)
def test_deadlines_mended(before: str, after: str, text: str) -> None:
    text_read, [note] = joined([(3, before), (7, after)], 10, "by_when")
    assert text_read == text
    assert (note.kind, note.before, note.after) == ("repaired", f"{before} ⏎ {after}", text)


@pytest.mark.parametrize("month", MONTHS)
def test_every_month_cut_anywhere_is_whole_again(month: str) -> None:
    for end in range(1, len(month) + 1):
        for start in range(1, min(end, len(month) - 1) + 1):
            assert join("by_when", month[:end], f"{month[start:]} 2015") == f"{month} 2015"


def test_three_pages_give_two_notes_with_the_words_at_each_break() -> None:
    text, notes = joined(
        [(4, "one two three four five six seven eight nine"), (9, "ten"), (14, "end.")], 2, "action"
    )
    assert text == "one two three four five six seven eight nine ten end."
    assert [(note.before, note.why) for note in notes] == [
        ("… two three four five six seven eight nine ⏎ ten", "joined across a page break after line 4"),
        ("… three four five six seven eight nine ten ⏎ end.", "joined across a page break after line 9"),
    ]


@pytest.mark.parametrize("raw", ["<p>one</p> <p>two", "one</p> two", "<p>one <p>two</p>"])
def test_a_paragraph_mark_without_its_other_half_is_repaired(raw: str) -> None:
    text, [note] = joined([(6, raw)], 4, "progress")
    assert text == "one\ntwo"
    assert (note.kind, note.no, note.before, note.after) == ("repaired", 4, raw, "one\ntwo")
    assert "line 6" in note.why


def test_paragraphs_are_lines_and_inner_spaces_stay() -> None:
    text, notes = joined([(1, " Seen  twice <P>a  b</P>  <p>c .</p> ")], 1, "progress")
    assert (text, notes) == ("Seen  twice\na  b\nc .", [])


PIECES_OF = ["a", "a ", "Jan", ". ", ".”", "<p>", " ", "é"]


@pytest.mark.parametrize("piece", PIECES_OF)
@pytest.mark.parametrize("end", ["", " b c d e f g h i j k", "!"])
def test_a_text_costs_no_more_than_its_length(piece: str, end: str) -> None:
    def made(length: int) -> list[tuple[int, str]]:
        text = (piece * length)[:length] + end
        return [(1, text), (2, text)]

    def work(raw: list[tuple[int, str]]) -> None:
        for key in ("progress", "by_when"):
            joined(raw, 1, key)

    assert growth.worst(work, made) <= growth.MOST


def test_pages_cost_no_more_than_their_number() -> None:
    def made(length: int) -> list[tuple[int, str]]:
        return [(line, "some more of it, and no end of the sentence here") for line in range(length)]

    assert growth.worst(lambda raw: joined(raw, 1, "progress"), made, (500, 1000, 2000, 4000)) <= growth.MOST


def test_a_note_shows_the_words_beside_the_break_and_no_more() -> None:
    _, (note,) = joined([(1, "a b c d e f g h  i j"), (2, "k l m n o p q r s")], 1, "progress")
    assert note.before == "… c d e f g h  i j ⏎ k l m n o p q r …"
    _, (note,) = joined([(1, "x" * 5000 + " b"), (2, "y" * 5000)], 1, "progress")
    assert note.before == f"… {'x' * 998} b ⏎ {'y' * 1000} …"
