"""``hscb-xl schedule``: the nightly task of this system, shown, set up or taken away."""

import re
from collections.abc import Iterator, Sequence
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from hscb_xl.base.shown import plainly
from hscb_xl.cli.types import Place
from hscb_xl.errors import BookNotFound, OutputProblem, ScheduleProblem

if TYPE_CHECKING:  # a command loads what it uses
    from hscb_xl.schedule import System, Task


class Clock(click.ParamType[time]):
    """An hour of the day written as 02:00."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """The time that ``value`` names."""
        if isinstance(value, time):
            return value
        found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value)
        if not found:
            return self.fail(f"{value!r} is not a time of day: write it as 02:00, up to 23:59.", param, ctx)
        return time(int(found[1]), int(found[2]))


@click.command("schedule")
@click.argument("plans", metavar="BOOK_OR_FOLDER", type=Place())
@click.argument("options", metavar="[-- OPTIONS OF BATCH]", nargs=-1, type=click.UNPROCESSED)
@click.option("--daily", type=Clock(), help="The hour of the night, such as 02:00.")
@click.option(
    "--system",
    type=click.Choice(["windows", "systemd", "cron", "launchd"]),
    help="Whose task to show; without it, this machine's.",
)
@click.option("--install", is_flag=True, help="Set the task up instead of showing it.")
@click.option("--remove", is_flag=True, help="Take the task away.")
@click.option("--report", type=Place(), help="Folder for each night's report.")
@click.option("--notify", type=Place(), help="File for each night's draft mail (.eml).")
@click.pass_context
def schedule_command(
    ctx: click.Context,
    plans: Path,
    options: tuple[str, ...],
    daily: time | None,
    system: str | None,
    install: bool,
    remove: bool,
    report: Path | None,
    notify: Path | None,
) -> None:
    """Show the task that runs batch on BOOK_OR_FOLDER every night; set it up with --install."""
    from hscb_xl import schedule

    if install and remove:
        raise click.UsageError("Give --install or --remove, not both.")
    chosen = schedule.SYSTEMS[system or schedule.this_system()]
    if remove:
        _take_away(chosen, schedule.name_for(plans))
        return
    if daily is None:
        raise click.UsageError("Say when: --daily 02:00.")
    task = _task(ctx, plans, daily, (*_outputs(report, notify), *options))
    if not install:
        click.echo(chosen.shown(task), nl=False)
        return
    _say_installed(chosen, task, new=chosen.install(task))


def _task(ctx: click.Context, plans: Path, daily: time, arguments: Sequence[str]) -> "Task":
    from hscb_xl.schedule.task import absolute, nightly

    if not plans.exists():
        raise BookNotFound(f"There is no file or folder {plainly(plans)}: check the name.")
    return nightly(plans, daily, arguments, _folders(ctx, [str(absolute(plans)), *arguments]))


def _outputs(report: Path | None, notify: Path | None) -> Iterator[str]:
    """What batch is told about its report and its mail."""
    from hscb_xl.schedule.task import REPORT_NAMES, absolute

    for name in REPORT_NAMES if report else ():
        yield from ("--report", str(absolute(cast(Path, report)) / name))
    if notify is not None:
        yield from ("--notify", str(absolute(notify)))


def _folders(ctx: click.Context, arguments: list[str]) -> Iterator[Path]:
    """Each folder that batch would use: of a link, its own and the one that it leads to."""
    for path in _paths(_given(ctx, arguments)):
        if not path.is_absolute():
            raise ScheduleProblem(
                f"The task is not run in this folder: write the whole path of {plainly(path)}."
            )
        _refuse_letter_of_share(path)
        for place in (path, path.resolve()):
            folder = place if place.is_dir() else place.parent
            if not folder.is_dir():
                raise OutputProblem(f"There is no folder {plainly(folder)}: make it, or choose another.")
            yield folder


def _refuse_letter_of_share(path: Path) -> None:
    """On Windows the letter of a network drive belongs to a session; at night there is none."""
    real = str(path.resolve())
    if real.startswith("\\\\") and not str(path).startswith("\\\\"):
        raise ScheduleProblem(
            f"A task does not know this session's drives: write {real} for {plainly(path)}."
        )


def _given(ctx: click.Context, arguments: list[str]) -> list[object]:
    """The paths among the arguments of batch. Its own parser reads them, so that a slip is told now."""
    root = ctx.find_root()
    batch = cast(click.Group, root.command).commands["batch"]
    named = [each.name or "" for each in batch.params if isinstance(each.type, click.Path)]
    with batch.make_context("batch", list(arguments), parent=root) as parsed:
        return [parsed.params.get(name) for name in named]


def _paths(given: object) -> Iterator[Path]:
    if isinstance(given, list | tuple):
        for each in given:
            yield from _paths(each)
    elif isinstance(given, str | Path):
        yield Path(given)


def _take_away(system: "System", name: str) -> None:
    done = system.remove(name)
    click.echo(f"{name} was taken away." if done else f"There is no task {name}: nothing was changed.")


def _say_installed(system: "System", task: "Task", *, new: bool) -> None:
    what = "is set up" if new else "was set up already, and nothing was changed"
    click.echo(f"{task.name} {what}: it runs every day at {task.at:%H:%M}.")
    click.echo(f"Try it now: {system.trial(task)}")
    for note in system.notes():
        click.echo(note)
