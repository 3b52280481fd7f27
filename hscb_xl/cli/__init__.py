"""The command line: each module parses some commands, calls a task, and shows what it returns."""

from hscb_xl.cli.commands import main

__all__ = ["main"]
