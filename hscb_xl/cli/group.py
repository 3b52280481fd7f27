"""The group of commands: whatever goes wrong in one is a sentence on standard error and an exit code."""

import sys
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from hscb_xl.base import logs
from hscb_xl.base.shown import plainly
from hscb_xl.errors import PlanError


class Commands(click.Group):
    """The commands; a failure becomes one sentence on standard error and the design's exit code."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        """Read what stands before the command's name."""
        try:
            return super().make_context(*given, **more)
        except click.UsageError as problem:
            return self._misused(problem)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and end the process as its outcome asks for."""
        _never_fail_to_print()
        try:
            return super().invoke(ctx)
        except PlanError as problem:
            logs.record(problem)
            self._fail(str(problem), problem.exit_code)
        except click.UsageError as problem:
            self._misused(problem)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as problem:  # noqa: BLE001  # a user sees a sentence, the log the traceback
            log = logs.record(problem)
            where = f"the details are in {log}" if log else "no log could be written"
            self._fail(f"Something unexpected went wrong ({type(problem).__name__}); {where}.", 2)

    def _misused(self, problem: click.UsageError) -> NoReturn:
        """Say what is wrong with the words of a command, and where it says which it takes."""
        if isinstance(problem, click.exceptions.NoArgsIsHelpError):
            raise problem
        words = problem.ctx.command_path.split()[1:] if problem.ctx else []
        message = problem.format_message()
        end = "" if message.endswith((".", "?")) else "."
        self._fail(f"{message}{end} (See {' '.join(['hscb-xl', *words])} -h.)", problem.exit_code)

    @staticmethod
    def _fail(sentence: str, code: int) -> NoReturn:
        click.echo(f"hscb-xl: {plainly(sentence)}", err=True)
        sys.exit(code)


def _never_fail_to_print() -> None:
    """Show a character that a Windows code page lacks as a question mark instead of failing over it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
