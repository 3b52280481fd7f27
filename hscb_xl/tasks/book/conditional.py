"""Laying our declared rules over a range, in place of our own of an earlier run and beside all others."""

from collections.abc import Iterable
from dataclasses import dataclass

import xlwings as xw
from xlwings.main import ConditionalFormat

from hscb_xl.plan.look import Look


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule as the host knows it: the operand and the look of a comparison for equality."""

    operand: str
    look: Look


def lay(target: xw.Range, looks: Iterable[tuple[str, Look]]) -> bool:
    """Let ``target`` have exactly one rule of ours for each word; False when it had them already.

    A rule is ours when its comparison, its word and its colours are those declared; any other rule on
    these cells belongs to somebody and stays (design, section 5, "Conditional formats").
    """
    wanted = [Wanted(f'="{word}"', look) for word, look in looks]
    cells = target.shape[0]
    if all(_ours(part, wanted) == wanted for part in (target, target[0], target[cells - 1])):
        return False
    rules = target.conditional_formats  # asked for once: in live Excel each time is a round trip
    for rule in reversed(list(rules)):
        if _declared(rule, wanted):
            rule.delete()
    for want in wanted:
        rules.add_cell_value(
            "equal_to",
            want.operand,
            fill_color=want.look.fill,
            font_color=want.look.font,
            font_bold=want.look.bold or None,
        )
    return True


def _ours(target: xw.Range, wanted: list[Wanted]) -> list[Wanted]:
    """The declared rules found on a range, each as often as it stands there, in declared order."""
    found = [match for rule in target.conditional_formats if (match := _declared(rule, wanted))]
    return sorted(found, key=wanted.index)


def _declared(rule: ConditionalFormat, wanted: list[Wanted]) -> Wanted | None:
    if rule.type != "cell_value" or rule.operator != "equal_to":
        return None
    operand = rule.formula1
    likely = [want for want in wanted if want.operand == operand]
    if not likely:  # in live Excel each question is a round trip
        return None
    colours = (rule.fill_color, rule.font_color, bool(rule.font_bold))
    return next((w for w in likely if colours == (w.look.fill, w.look.font, w.look.bold)), None)
