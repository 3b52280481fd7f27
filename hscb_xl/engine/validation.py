"""The data validation of a range."""

from typing import TYPE_CHECKING, Any

from hscb_xl.engine.declared import Declared
from hscb_xl.ooxml import refs, validations
from hscb_xl.ooxml.validations import Validation

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range

_OPERATORS = {
    "between": "between",
    "not_between": "notBetween",
    "equal_to": "equal",
    "not_equal_to": "notEqual",
    "greater_than": "greaterThan",
    "less_than": "lessThan",
    "greater_than_or_equal": "greaterThanOrEqual",
    "less_than_or_equal": "lessThanOrEqual",
}


class DataValidation(Declared):
    """The rule for what may be typed into a range."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    @property
    def type(self) -> str:
        """The kind of rule; "none", "mixed_criteria" or "inconsistent" where it is not one for all cells."""
        held = self._held()
        if not held:
            return "none"
        if len({rule.kind for rule in held}) > 1 or len(held) > 1:
            return "inconsistent"
        return held[0].kind if self._covered(held[0]) else "mixed_criteria"

    @property
    def formula1(self) -> str | None:
        """The first operand, or the source of a list."""
        held = self._held()
        return held[0].formula1 if len(held) == 1 else None

    @property
    def formula2(self) -> str | None:
        """The second operand."""
        held = self._held()
        return held[0].formula2 if len(held) == 1 else None

    @property
    def source(self) -> str | None:
        """The source of a list: its values, or where they stand."""
        formula = self.formula1 if self.type == "list" else None
        return formula[1:-1] if formula and formula.startswith('"') else formula and f"={formula}"

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow the values of a list only: given ones, those of a range or of a name."""
        attributes = {} if in_cell_dropdown else {"showDropDown": "1"}
        validations.put(
            self._range.sheet.part, self._range.area, "list", attributes, (_source_formula(source),)
        )

    def set_rule(self, kind: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Allow values that a comparison or a formula accepts."""
        attributes = {} if operator is None else {"operator": _OPERATORS[operator]}
        given = [text.removeprefix("=") for text in (formula1, formula2) if text is not None]
        validations.put(self._range.sheet.part, self._range.area, kind, attributes, tuple(given))

    def delete(self) -> None:
        """Allow everything."""
        validations.delete(self._range.sheet.part, self._range.area)

    def _held(self) -> list[Validation]:
        return validations.find(self._range.sheet.part, self._range.area)

    def _covered(self, rule: Validation) -> bool:
        return any(area.covers(self._range.area) for area in rule.areas)


def _source_formula(source: Any) -> str:
    """What a list's formula says: its values, or the name or the cells where they stand."""
    if isinstance(source, list):
        return '"' + ",".join(source).replace('"', '""') + '"'
    if hasattr(type(source), "refers_to"):
        return str(source.name)
    return refs.on_sheet(source.sheet.name, source.area)
