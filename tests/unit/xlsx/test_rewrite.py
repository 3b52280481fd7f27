import zipfile
from io import BytesIO

import pytest

from hscb_xl.xlsx.rewrite import rewritten, with_growing_rows, without_full_calculation


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_only_the_named_part_changes_and_the_order_stays() -> None:
    parts = {"z.xml": b"<z/>", "a.xml": b"<a/>", "m.xml": b"<m/>"}
    package = zipfile.ZipFile(BytesIO(rewritten(zipped(parts), {"a.xml": lambda _: b"<b/>"})))
    assert {name: package.read(name) for name in package.namelist()} == {**parts, "a.xml": b"<b/>"}
    assert package.namelist() == list(parts)


def test_dates_and_the_writing_system_are_fixed() -> None:
    members = zipfile.ZipFile(BytesIO(rewritten(zipped({"a.xml": b"<a/>"}), {}))).infolist()
    assert [(member.date_time, member.create_system) for member in members] == [((1980, 1, 1, 0, 0, 0), 0)]


def test_a_part_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"b\.xml"):
        rewritten(zipped({"a.xml": b"<a/>"}), {"b.xml": lambda content: content})


def test_excel_is_not_told_to_calculate_on_opening() -> None:
    before = b'<calcPr calcId="191029" fullCalcOnLoad="1"/>'
    assert without_full_calculation(before) == b'<calcPr calcId="191029"/>'


def test_rows_keep_their_height_and_may_grow() -> None:
    before = b'<row r="5" ht="27" customHeight="1"/>'
    assert with_growing_rows(before) == b'<row r="5" ht="27"/>'
