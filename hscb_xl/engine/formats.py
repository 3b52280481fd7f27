"""Fonts and conditional formats of a range."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from hscb_xl.engine.colours import rgb
from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.ooxml import conditional
from hscb_xl.ooxml.conditional import Rule
from hscb_xl.ooxml.looks import Differential, Look, Rgb

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range

_OPERATORS = {
    "between": "between",
    "notBetween": "not_between",
    "equal": "equal_to",
    "notEqual": "not_equal_to",
    "greaterThan": "greater_than",
    "lessThan": "less_than",
    "greaterThanOrEqual": "greater_than_or_equal",
    "lessThanOrEqual": "less_than_or_equal",
}
"""The file's word for a comparison, and the object model's."""
_GRID = {"edge_left", "edge_top", "edge_bottom", "edge_right", "inside_vertical", "inside_horizontal"}
_KINDS = {
    "cellIs": "cell_value",
    "expression": "custom",
    "colorScale": "color_scale",
    "dataBar": "data_bar",
    "iconSet": "icon_set",
}


class Font(Declared):
    """The font of a range's cells."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    @property
    def bold(self) -> bool | None:
        """Whether the text is bold, None where the cells differ."""
        return self._fact("bold")

    @bold.setter
    def bold(self, value: bool) -> None:
        self._range.restyle(Look(bold=value))

    @property
    def italic(self) -> bool | None:
        """Whether the text is italic, None where the cells differ."""
        return self._fact("italic")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._range.restyle(Look(italic=value))

    @property
    def size(self) -> float | None:
        """The size in points, None where the cells differ."""
        styles = self._range.sheet.book.workbook.styles
        size = self._range.common(lambda style: styles.font(style).get("size"))
        return None if size is None else float(size)

    @size.setter
    def size(self, value: float) -> None:
        self._range.restyle(Look(size=value))

    @property
    def color(self) -> Rgb | None:
        """The colour where it is written as one of its own."""
        styles = self._range.sheet.book.workbook.styles
        text = self._range.common(lambda style: str(styles.font(style).get("rgb", ""))) or None
        return None if text is None else (int(text[-6:-4], 16), int(text[-4:-2], 16), int(text[-2:], 16))

    @color.setter
    def color(self, value: Rgb | str | int) -> None:
        self._range.restyle(Look(font=rgb(value)))

    def _fact(self, name: str) -> bool | None:
        styles = self._range.sheet.book.workbook.styles
        return self._range.common(lambda style: bool(styles.font(style).get(name, False)))


class Borders(Declared):
    """The lines around and between a range's cells: thin ones on every side, or none of our doing."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    def set(self, which: Collection[str], *, line_style: object, weight: object, color: object) -> None:
        """Draw thin continuous lines in one colour on all sides of all cells."""
        whole = not _GRID - set(which) and line_style == "continuous" and weight == "thin"
        if not whole or not isinstance(color, tuple):
            raise not_supported(self, "set other than all sides, continuous, thin and with a colour")
        self._range.restyle(Look(border=color))


class ConditionalFormats(Declared):
    """The rules that apply to a range, the one Excel evaluates first in front."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    def add_cell_value(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A new rule that compares a cell's own value; rules that stand there come before it."""
        sheet = self._range.sheet
        operator = {word: name for name, word in _OPERATORS.items()}[spec["operator"]]
        written = [text for text in (spec["formula1"], spec["formula2"]) if text is not None]
        look = Differential(
            spec.get("fill_color"), spec.get("font_color"), spec.get("font_bold"), spec.get("font_italic")
        )
        conditional.add(
            sheet.part,
            sheet.book.workbook.styles,
            self._range.area,
            operator,
            tuple(text.removeprefix("=") for text in written),
            look,
            spec["stop_if_true"],
        )
        return ConditionalFormat(self._range, self._rules()[-1])

    def __call__(self, index: int) -> "ConditionalFormat":
        """The rule at a place, counted from 1."""
        return ConditionalFormat(self._range, self._rules()[index - 1])

    def __iter__(self) -> Iterator["ConditionalFormat"]:
        return (ConditionalFormat(self._range, rule) for rule in self._rules())

    def __len__(self) -> int:
        return len(self._rules())

    def _rules(self) -> list[Rule]:
        sheet = self._range.sheet
        return conditional.rules(sheet.part, sheet.book.workbook.styles, self._range.area)


class ConditionalFormat(Declared):
    """One rule as it stood when it was asked for."""

    __slots__ = ("_range", "_rule")

    def __init__(self, range_: "Range", rule: Rule) -> None:
        self._range = range_
        self._rule = rule

    @property
    def type(self) -> str:
        """The kind of rule, "unknown" for those without a word in the object model."""
        return _KINDS.get(self._rule.kind, "unknown")

    @property
    def operator(self) -> str | None:
        """The comparison of a cell-value rule."""
        return _OPERATORS.get(self._rule.operator or "") if self.type == "cell_value" else None

    @property
    def formula1(self) -> str | None:
        """The first operand of a cell-value rule, with its equal sign."""
        return self._formula(0) if self.type == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        """The second operand of a cell-value rule, with its equal sign."""
        return self._formula(1) if self.type == "cell_value" else None

    @property
    def formula(self) -> str | None:
        """The formula of a custom rule."""
        return self._formula(0) if self.type == "custom" else None

    @property
    def stop_if_true(self) -> bool:
        """Whether rules behind it are skipped where it holds."""
        return self._rule.stop

    @property
    def fill_color(self) -> Rgb | None:
        """The fill it lays over a cell."""
        return self._rule.differential.fill

    @property
    def font_color(self) -> Rgb | None:
        """The colour it gives the text."""
        return self._rule.differential.font

    @property
    def font_bold(self) -> bool | None:
        """Whether it makes the text bold."""
        return self._rule.differential.bold

    @property
    def font_italic(self) -> bool | None:
        """Whether it makes the text italic."""
        return self._rule.differential.italic

    def delete(self) -> None:
        """Take the rule away, from every cell it applies to."""
        conditional.remove(self._range.sheet.part, self._rule)

    def _formula(self, index: int) -> str | None:
        texts = self._rule.formulas
        return f"={texts[index]}" if index < len(texts) else None
