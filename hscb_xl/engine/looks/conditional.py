"""Conditional formats of a range."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hscb_xl.engine.declared import Declared
from hscb_xl.engine.looks import scales
from hscb_xl.engine.looks.colours import palette_of
from hscb_xl.ooxml.rules import conditional
from hscb_xl.ooxml.rules.conditional import Change, Rule
from hscb_xl.ooxml.rules.visuals import Visual
from hscb_xl.ooxml.styles.looks import Differential, Rgb

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
_TO_FILE = {word: name for name, word in _OPERATORS.items()}
_KINDS = {
    "cellIs": "cell_value",
    "expression": "custom",
    "colorScale": "color_scale",
    "dataBar": "data_bar",
    "iconSet": "icon_set",
}
_WITH_LOOK = ("cell_value", "custom")


class ConditionalFormats(Declared):
    """The rules that apply to a range, the one Excel evaluates first in front."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    def add_cell_value(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A new rule that compares a cell's own value; rules that stand there come before it."""
        written = [text for text in (spec["formula1"], spec["formula2"]) if text is not None]
        return self._add(_TO_FILE[spec["operator"]], written, spec)

    def add_custom(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A new rule that goes by a formula, read against the first cell of the range."""
        return self._add(None, [spec["formula"]], spec)

    def add_color_scale(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A new rule that colours cells by how large their values are."""
        return self._show(scales.colour_scale(spec))

    def add_data_bar(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A new rule that draws a bar in each cell."""
        return self._show(scales.data_bar(spec))

    def add_icon_set(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A new rule that draws an icon in each cell."""
        return self._show(scales.icon_set(spec))

    def clear(self) -> None:
        """Take all rules from these cells; they go on applying to the cells around them."""
        conditional.clear(self._range.sheet.part, self._range.area)

    def __call__(self, index: int) -> "ConditionalFormat":
        """The rule at a place, counted from 1."""
        return ConditionalFormat(self._range, self._rules()[index - 1])

    def __iter__(self) -> Iterator["ConditionalFormat"]:
        return (ConditionalFormat(self._range, rule) for rule in self._rules())

    def __len__(self) -> int:
        return len(self._rules())

    def _add(self, operator: str | None, texts: list[str], spec: dict[str, Any]) -> "ConditionalFormat":
        sheet = self._range.sheet
        formulas = tuple(text.removeprefix("=") for text in texts)
        styles, look = sheet.book.workbook.styles, _look(spec)
        conditional.add(sheet.part, styles, self._range.area, operator, formulas, look, spec["stop_if_true"])
        return ConditionalFormat(self._range, self._rules()[-1])

    def _show(self, visual: Visual) -> "ConditionalFormat":
        conditional.add_visual(self._range.sheet.part, self._range.area, visual)
        return ConditionalFormat(self._range, self._rules()[-1])

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
    def stop_if_true(self) -> bool | None:
        """Whether rules behind it are skipped where it holds; None for scales, bars and icons."""
        return None if self._rule.visual else self._rule.stop

    @property
    def fill_color(self) -> Rgb | None:
        """The fill it lays over a cell."""
        return self._look.fill

    @property
    def font_color(self) -> Rgb | None:
        """The colour it gives the text."""
        return self._look.font

    @property
    def font_bold(self) -> bool | None:
        """Whether it makes the text bold."""
        return self._look.bold

    @property
    def font_italic(self) -> bool | None:
        """Whether it makes the text italic."""
        return self._look.italic

    @property
    def colors(self) -> tuple[Rgb | None, ...] | None:
        """The colours of a colour scale, from the lowest values to the highest."""
        return self._colours() if self.type == "color_scale" else None

    @property
    def bar_color(self) -> Rgb | None:
        """The colour of a data bar."""
        return next(iter(self._colours()), None) if self.type == "data_bar" else None

    @property
    def gradient(self) -> bool | None:
        """Whether a data bar fades out."""
        visual = self._rule.visual
        return visual.gradient if visual and self.type == "data_bar" else None

    @property
    def show_value(self) -> bool | None:
        """Whether the value stays visible beside a bar or an icon."""
        visual = self._rule.visual
        return visual.shows_value if visual and self.type != "color_scale" else None

    @property
    def icon_set(self) -> str | None:
        """The name of an icon set, such as "3_arrows"."""
        visual = self._rule.visual
        return scales.ICONS.get(visual.icons) if visual and visual.icons else None

    @property
    def reverse_order(self) -> bool | None:
        """Whether the icons stand in reverse order."""
        visual = self._rule.visual
        return visual.reverse if visual and self.type == "icon_set" else None

    @property
    def threshold_types(self) -> tuple[str, ...] | None:
        """What the points of a scale, a bar or between icons are: "number", "percent" and so on."""
        return scales.kinds(self._rule.visual) if self._rule.visual else None

    @property
    def thresholds(self) -> tuple[float | str | None, ...] | None:
        """The values of these points, None where they have none."""
        return scales.values(self._rule.visual) if self._rule.visual else None

    def set(self, changes: dict[str, Any]) -> None:
        """Change what a cell-value or custom rule says and shows, for every cell it applies to."""
        sheet = self._range.sheet
        first, second = (changes.get(name, getattr(self, name)) for name in ("formula1", "formula2"))
        texts = [changes.get("formula", self.formula)] if self.type == "custom" else [first, second]
        wanted = Change(
            _TO_FILE.get(changes.get("operator", "")),
            tuple(text.removeprefix("=") for text in texts if text is not None),
            _look(changes),
            changes.get("stop_if_true"),
        )
        self._rule = conditional.change(sheet.part, sheet.book.workbook.styles, self._rule, wanted)

    def delete(self) -> None:
        """Take the rule away, from every cell it applies to."""
        conditional.remove(self._range.sheet.part, self._rule)

    @property
    def _look(self) -> Differential:
        return self._rule.differential if self.type in _WITH_LOOK else Differential()

    def _colours(self) -> tuple[Rgb | None, ...]:
        known = palette_of(self._range.sheet.book.workbook)
        return tuple(known.rgb(colour) for colour in self._rule.visual.colours) if self._rule.visual else ()

    def _formula(self, index: int) -> str | None:
        texts = self._rule.formulas
        return f"={texts[index]}" if index < len(texts) else None


def _look(spec: dict[str, Any]) -> Differential:
    """What a rule shows, as far as a specification of the object model says it."""
    names = ("fill_color", "font_color", "font_bold", "font_italic")
    return Differential(*(spec.get(name) for name in names))
