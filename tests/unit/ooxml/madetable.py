"""A workbook with one small table, for the tests of what is done to tables."""

from hscb_xl.ooxml.book.workbook import Workbook
from tests.unit.ooxml import made

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Agreed\nRAG</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row>'
)
TABLE = (
    f'<table xmlns="{made.MAIN}" id="4" name="Plan" displayName="Plan" ref="A1:B2" totalsRowShown="0">'
    '<autoFilter ref="A1:B2"/><tableColumns count="2"><tableColumn id="1" name="No"/>'
    '<tableColumn id="7" name="Agreed_x000a_RAG"/></tableColumns><tableStyleInfo name="Light1"/></table>'
)
RELS = made.relationships(made.relationship("rId1", "table", "../tables/table1.xml"))
LISTED = f'<tableParts xmlns:r="{made.OFFICE}" count="1"><tablePart r:id="rId1"/></tableParts>'


def book(table: str = TABLE, rows: str = ROWS, more: dict[str, bytes] | None = None) -> Workbook:
    own = {"xl/worksheets/_rels/sheet1.xml.rels": RELS, "xl/tables/table1.xml": table.encode()}
    sheets = {"Plan": made.worksheet(rows, after=LISTED), "Other": made.worksheet()}
    return made.book(made.parts(sheets, more=own | (more or {})))
