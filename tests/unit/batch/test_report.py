from datetime import date
from pathlib import Path

import pytest

from hscb_xl.batch.records import EXPORT, LEFT, Record
from hscb_xl.batch.report import Report
from hscb_xl.errors import OutputProblem

DAY = date(2015, 5, 12)


def test_each_line_is_there_when_the_next_workbook_begins(tmp_path: Path) -> None:
    path = tmp_path / "new" / "night.jsonl"
    with Report([path], DAY) as report:
        for number in range(3):
            report.add(Record(f"{number}.xlsx", "done"))
            assert path.read_text().count("\n") == number + 1
        assert [record.path for record in report.records()] == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_the_pages_are_written_over_those_of_the_night_before(tmp_path: Path) -> None:
    paths = [tmp_path / "night.md", tmp_path / "night.HTML"]
    for name in ("first.xlsx", "second.xlsx"):
        with Report(paths, DAY) as report:
            report.add(Record(name, "failed", "It broke."))
            report.finish()
    for path in paths:
        assert "second.xlsx" in path.read_text()
        assert "first.xlsx" not in path.read_text()


def test_exports_are_counted_and_not_listed(tmp_path: Path) -> None:
    with Report([tmp_path / "night.jsonl"], DAY) as report:
        report.add(Record("a.xlsx", "skipped", EXPORT))
        assert (
            report.totals.sentence()
            == "0 workbooks. 0 ratings changed. 1 export of this program passed over."
        )
        report.add(Record("b.xlsx", "skipped", LEFT))
        assert "1 workbook: 1 skipped." in report.totals.sentence()
        assert "The batch was stopped: 1 workbook left." in report.totals.sentence()
    assert (tmp_path / "night.jsonl").read_text().count("\n") == 1


def test_a_full_disk_does_not_stop_the_night(tmp_path: Path) -> None:
    with Report([tmp_path / "night.jsonl", tmp_path / "night.md"], DAY) as report:
        full = Path("/dev/full").open("w")  # noqa: SIM115
        report._lines = [full]
        for number in range(3):
            report.add(Record(f"{number}.xlsx", "done"))
        assert report.totals.outcomes["done"] == 3
        with pytest.raises(OutputProblem, match=r"could not be written to its end \(No space left"):
            report.finish()
        with pytest.raises(OSError, match="No space left"):
            full.close()
    assert "2.xlsx" in (tmp_path / "night.md").read_text()
