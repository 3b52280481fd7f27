"""The data validation of a range."""

from typing import TYPE_CHECKING, Any

from hscb_xl.engine.declared import Declared
from hscb_xl.ooxml.formula import areas, refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.rules import validations
from hscb_xl.ooxml.rules.validations import Validation
from hscb_xl.ooxml.sheet import strings

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
"""The object model's word for a comparison, and the file's."""
_WORDS = {theirs: ours for ours, theirs in _OPERATORS.items()}
_NO_RULE = ("none", "mixed_criteria", "inconsistent")
_OFF = ("0", "false")
_COMPARING = ("whole_number", "decimal", "date", "time", "text_length")


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
        """The first operand of a comparison."""
        rule = self._rule(*_COMPARING)
        return rule.formula1 if rule else None

    @property
    def formula2(self) -> str | None:
        """The second operand of a comparison that has two."""
        rule = self._rule(*_COMPARING)
        return rule.formula2 if rule and self.operator in ("between", "not_between") else None

    @property
    def operator(self) -> str | None:
        """How values are compared, None where they are not."""
        rule = self._rule(*_COMPARING)
        return _WORDS.get(rule.attributes.get("operator", "between")) if rule else None

    @property
    def formula(self) -> str | None:
        """The formula of a custom rule, with its equal sign."""
        rule = self._rule("custom")
        return f"={rule.formula1}" if rule and rule.formula1 is not None else None

    @property
    def source(self) -> str | None:
        """The source of a list: its values, or where they stand."""
        rule = self._rule("list")
        if rule is None or rule.formula1 is None:
            return None
        text = rule.formula1
        return text[1:-1].replace('""', '"') if text.startswith('"') else f"={text}"

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a cell with a list shows the arrow that opens it."""
        rule = self._rule("list")
        return None if rule is None else rule.attributes.get("showDropDown", "0") in _OFF

    @property
    def ignore_blank(self) -> bool | None:
        """Whether a cell may be empty."""
        return self._flag("allowBlank")

    @property
    def show_input(self) -> bool | None:
        """Whether the prompt is shown."""
        return self._flag("showInputMessage")

    @property
    def show_error(self) -> bool | None:
        """Whether a value that is not allowed raises the alert."""
        return self._flag("showErrorMessage")

    @property
    def input_title(self) -> str | None:
        """The title of the prompt."""
        return self._text("promptTitle")

    @property
    def input_message(self) -> str | None:
        """The text of the prompt."""
        return self._text("prompt")

    @property
    def error_title(self) -> str | None:
        """The title of the alert."""
        return self._text("errorTitle")

    @property
    def error_message(self) -> str | None:
        """The text of the alert."""
        return self._text("error")

    @property
    def alert_style(self) -> str | None:
        """What the alert lets a user do: "stop", "warning" or "information"."""
        rule = self._rule()
        return None if rule is None else rule.attributes.get("errorStyle", "stop")

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
        """Allow everything; a rule that reaches beyond the range goes on holding there."""
        validations.delete(self._range.sheet.part, self._range.area)

    def _rule(self, *kinds: str) -> Validation | None:
        """The one rule of all cells where it is of one of these kinds, or of any."""
        kind = self.type
        return None if kind in _NO_RULE or (kinds and kind not in kinds) else self._held()[0]

    def _flag(self, name: str) -> bool | None:
        rule = self._rule()
        return None if rule is None else rule.attributes.get(name, "0") not in _OFF

    def _text(self, name: str) -> str | None:
        rule = self._rule()
        return None if rule is None else strings.unescape(rule.attributes.get(name, ""))

    def _held(self) -> list[Validation]:
        return validations.find(self._range.sheet.part, self._range.area)

    def _covered(self, rule: Validation) -> bool:
        left: tuple[Area, ...] = (self._range.area,)
        for held in rule.areas:
            left = areas.minus(left, held)
        return not left


def _source_formula(source: Any) -> str:
    """What a list's formula says: its values, or the name or the cells where they stand."""
    if isinstance(source, list):
        return '"' + ",".join(source).replace('"', '""') + '"'
    if hasattr(type(source), "refers_to"):
        return str(source.name)
    return refs.on_sheet(source.sheet.name, source.area)
