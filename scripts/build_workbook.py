"""Build workbook/ImprovementPlan.xlsm from workbook/source/improvement_plan.txt."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "workbook" / "source" / "improvement_plan.txt"
TARGET = ROOT / "workbook" / "ImprovementPlan.xlsm"


def main() -> int:
    # The package of this checkout, whichever one the environment has installed.
    sys.path.insert(0, str(ROOT))
    from hscb_xl.build import build
    from hscb_xl.errors import PlanError
    from hscb_xl.importer import read_document

    try:
        written = build(read_document(SOURCE), TARGET, as_of=None)
    except PlanError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    print(f"{TARGET.relative_to(ROOT)}: {'written' if written else 'already up to date'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
