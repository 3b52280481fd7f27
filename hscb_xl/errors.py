"""Every failure a user can act on: one plain sentence saying what happened and what to do."""

from typing import ClassVar


class PlanError(Exception):
    """The base of all our errors; its text is the one sentence shown to the user.

    ``exit_code`` is what the command line ends with (design, section 6).
    """

    exit_code: ClassVar[int] = 2


class BookNotFound(PlanError):
    """There is no file at the path given."""


class NotAWorkbook(PlanError):
    """The file is not an Excel workbook (.xlsx or .xlsm)."""


class EncryptedBook(PlanError):
    """The workbook has a password to open."""


class DamagedBook(PlanError):
    """The file is cut short or its parts cannot be read."""


class UnsafeEdit(PlanError):
    """The engine cannot prove that an edit loses nothing, and so refuses it."""


class OverLimit(PlanError):
    """The workbook needs more bytes, rows or time than it may (see hscb_xl/base/limits.py)."""


class OutOfTime(OverLimit):
    """The work took longer than it may."""


class PlanTableMissing(PlanError):
    """The workbook lacks a table that every plan has."""


class NoPlan(PlanTableMissing):
    """A workbook has no table named Plan: it is no plan at all."""


class ColumnProblem(PlanError):
    """A column of the plan is missing, renamed or there twice."""


class BadTable(PlanError):
    """The plan's table is empty or has merged cells."""


class NotOurs(PlanError):
    """A sheet or table that somebody made stands where the program's own would go."""


class BadCell(PlanError):
    """One cell holds something that cannot be what its column says."""


class BadSetting(PlanError):
    """A value on the Settings sheet or an option is not one of those allowed."""


class BadDocument(PlanError):
    """A document to import holds no recognisable table, or a row that does not fit it."""


class OutputProblem(PlanError):
    """A file or folder that should be written cannot be."""


class ScheduleProblem(PlanError):
    """A nightly task cannot be written as asked, or the system's own scheduler refuses it."""


class WrongState(PlanError):
    """What was asked for cannot be done as the workbook stands: what is selected, protected, unsaved."""


class BookLocked(PlanError):
    """Somebody has the workbook open."""

    exit_code: ClassVar[int] = 3


class BookChanged(PlanError):
    """The workbook changed on disk while it was being worked on."""

    exit_code: ClassVar[int] = 3
