import click
import pytest

from hscb_xl.base.limits import OF_A_PLAN, Limits
from hscb_xl.cli import main
from hscb_xl.cli.limits import asked_limits, limit_options

OPEN_A_BOOK = ["backups", "batch", "check", "doctor", "export", "format", "rate", "run", "summarise"]
OPTIONS = {"--max-inflated", "--max-rows", "--time-limit"}


@pytest.mark.parametrize("name", OPEN_A_BOOK)
def test_every_command_that_opens_a_book_has_limits(name: str) -> None:
    options = {option for parameter in main.commands[name].params for option in parameter.opts}
    assert options >= OPTIONS


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ([], OF_A_PLAN),
        (["--max-inflated", "2"], OF_A_PLAN.but(inflated=2 << 20)),
        (["--max-rows", "7", "--time-limit", "8"], OF_A_PLAN.but(rows=7, seconds=8)),
    ],
)
def test_what_the_options_say(words: list[str], limits: Limits) -> None:
    asked = []
    command = limit_options(click.command()(lambda: asked.append(asked_limits())))
    command.main(words, standalone_mode=False)
    assert asked == [limits]


def test_without_a_command_the_limits_are_those_of_a_plan() -> None:
    assert asked_limits() is OF_A_PLAN
