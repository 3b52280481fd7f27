"""What a click starts in the place of xlwings' RunPython: the same code, on the workbook on the disk.

Arguments: the code, the workbook, the file that gets a line about the click.
"""

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import hscb_xl.engine


def main(code: str, path: Path, record: Path) -> None:
    before = path.read_bytes()
    book = hscb_xl.engine.open_book(str(path))
    book.set_mock_caller()
    with redirect_stdout(StringIO()) as said:
        exec(code, {})
    book.save()
    book.close()
    line = {"code": code, "said": said.getvalue().strip(), "edited": path.read_bytes() != before}
    with record.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
