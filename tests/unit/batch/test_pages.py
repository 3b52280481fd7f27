import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.batch import html, markdown
from hscb_xl.batch.pages import page, sentence_of
from hscb_xl.batch.records import LEFT, Change, Record
from hscb_xl.batch.report import Totals

DAY = date(2015, 5, 12)
COUNTS = {"error": 1, "warning": 2, "info": 0}
BOOKS = [
    Record("n/a.xlsx", "done", "", 0.1, "2015-05-12", COUNTS, (), 26, 5),
    Record("n/b.xlsx", "skipped", "It has no table named Plan."),
    Record("n/c.xlsx", "failed", "c.xlsx is not an Excel workbook."),
    Record("n/d.xlsx", "locked", "d.xlsx is open in Excel by Chris."),
    Record("n/e.xlsx", "done", "", 0.1, "2015-05-12", {}, (Change("4", 8, "G", "R", "Overdue"),)),
    Record("n/f.xlsx", "done", "", 0.1, "2015-05-12", {}, (Change("7", 9, None, "A", "Due"),) * 9),
]


class Cells(HTMLParser):
    """The texts of the table cells of a page, and every tag in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.add(tag)
        self._inside = tag == "td"
        if self._inside:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.cells[-1] += data


def totals(records: list[Record]) -> Totals:
    found = Totals()
    for record in records:
        found.add(record)
    return found


def rendered(records: list[Record]) -> tuple[str, str]:
    def again() -> Iterator[Record]:
        return iter(records)

    sentence = totals(records).sentence()
    return markdown.render(page(again, sentence, DAY)), html.render(page(again, sentence, DAY))


def test_what_changed_comes_first_then_failures_then_the_rest() -> None:
    for text in rendered(BOOKS):
        order = [
            "Ratings that changed",
            "Failed",
            "Left alone",
            "Skipped",
            ">Done<" if "<" in text else "# Done",
        ]
        places = [text.index(heading) for heading in order]
        assert places == sorted(places)
        assert all(record.path in text for record in BOOKS)
        assert (
            "6 workbooks: 3 done, 1 skipped, 1 failed and 1 locked. 10 ratings changed in 2 workbooks."
            in text
        )


def test_a_section_without_rows_is_left_out() -> None:
    for text in rendered(BOOKS[:1]):
        assert "Failed" not in text
        assert "Ratings that changed" not in text


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    _, text = rendered(BOOKS)
    assert "http://" not in text
    assert "https://" not in text
    assert Cells(text).tags <= set(
        "html head meta title style body h1 h2 p table thead tbody tr th td".split()
    )
    assert "size: A4" in text


HOSTILE = st.builds(
    lambda start, rest: start + rest,
    st.sampled_from(["=", "+", "-", "@", "＝", " =", "<script>", "|", "`", "[a](javascript:b)", "&lt;", ""]),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8),
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_is_taken_for_anything_else(path: str, message: str, why: str) -> None:
    records = [
        Record(path, "failed", message),
        Record(path, "done", "", 0.0, "", {}, (Change(message, 5, "G", "R", why),)),
    ]
    plain, page_text = rendered(records)
    cells = Cells(page_text)
    assert cells.tags <= set("html head meta title style body h1 h2 p table thead tbody tr th td".split())
    for text in (path, message, why):
        assert any(text.strip() in cell for cell in cells.cells)
    assert not [cell for cell in cells.cells if cell.strip().startswith(tuple("=+-@＝＋－＠"))]
    rows = [line for line in plain.splitlines() if line.startswith("|")]
    assert {row.replace("\\\\", "").replace("\\|", "").count("|") for row in rows} == {3, 5, 6}
    assert not re.search(r"(?<!\\)[<`\[\]]", plain.replace("\\\\", ""))


def test_the_line_on_the_screen() -> None:
    assert sentence_of(BOOKS[0]) == "1 error and 2 warnings; 26 actions rated for the first time; 5 exports"
    assert sentence_of(BOOKS[2]) == "c.xlsx is not an Excel workbook."
    assert sentence_of(BOOKS[4]) == "1 rating changed (4: G to R); nothing found"
    assert sentence_of(BOOKS[5]).startswith("9 ratings changed (7: – to A, ")
    assert sentence_of(BOOKS[5]).endswith(", …); nothing found")


def test_the_exit_code_is_that_of_the_worst() -> None:
    done, skipped, failed, locked = BOOKS[:4]
    assert totals([done, skipped]).exit_code == 0
    assert totals([done, locked]).exit_code == 3
    assert totals([locked, failed, done]).exit_code == 4
    assert totals([done, Record("x", "skipped", LEFT)]).exit_code == 4
