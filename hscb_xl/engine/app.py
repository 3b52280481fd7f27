"""The engine, its one app and the books that are open in it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from hscb_xl.base.limits import Limits
from hscb_xl.engine import values
from hscb_xl.engine.book import Book
from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.range import Range
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.sheet.bulk import Plain
from hscb_xl.store import source

NAME = "hscb_xl"


class Engine(Declared):
    """What ``xw.Engine(impl=...)`` wraps; it converts values between Python and cells."""

    __slots__ = ("apps",)

    def __init__(self) -> None:
        self.apps = Apps(self)

    @property
    def name(self) -> str:
        """The name under which xlwings keeps the engine."""
        return NAME

    @property
    def type(self) -> str:
        """The kind of engine: books are edited in place, as on a desktop."""
        return "desktop"

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: dict[str, Any]) -> Any:
        """A Python value as a cell takes it: missing values empty, numbers of numpy as plain ones."""
        return values.prepared(value)

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Cell values as the reader asked for them."""
        asked = (datetime_builder, empty_as, number_builder)
        if isinstance(data, Plain) and asked == (datetime, None, None):
            return list(data)
        return [
            [values.cleaned(value, datetime_builder, empty_as, number_builder, err_to_str) for value in row]
            for row in data
        ]


class Apps(Declared):
    """The apps of the engine: one, made when it is first asked for."""

    __slots__ = ("_apps", "engine")

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: list[App] = []

    def __iter__(self) -> Iterator["App"]:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> "App":
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)

    def keys(self) -> list[int]:
        """The numbers of the apps."""
        return [app.pid for app in self._apps]

    def add(self, add_book: bool = False, **_: Any) -> "App":
        """A new app, in front of the others, with a new book where ``add_book``."""
        app = App(self.engine, pid=min((app.pid for app in self._apps), default=0) - 1)
        self._apps.insert(0, app)
        if add_book:
            app.books.add()
        return app

    def forget(self, app: "App") -> None:
        """Drop an app that was quit."""
        self._apps = [other for other in self._apps if other is not app]


class App(Declared):
    """One app; what belongs to a screen is kept and has no effect."""

    __slots__ = (
        "books",
        "calculation",
        "display_alerts",
        "enable_events",
        "engine",
        "interactive",
        "pid",
        "screen_updating",
        "status_bar",
        "visible",
    )

    def __init__(self, engine: Engine, pid: int) -> None:
        self.engine = engine
        self.pid = pid
        self.books = Books(self)
        self.calculation = "automatic"
        self.visible = False
        self.status_bar: str | bool = False
        self.display_alerts = self.enable_events = self.interactive = self.screen_updating = True

    @property
    def version(self) -> str:
        """The version of Excel whose files these are; ``xw.Book.caller`` asks for it."""
        return "16.0"

    @property
    def selection(self) -> Range | None:
        """The cells selected on the sheet that the active book opens on; None where no book is open."""
        book = self.books.active
        return book.sheets.active.selected if book else None

    def activate(self, _steal_focus: bool = False) -> None:
        """Nothing to bring to the front."""

    def quit(self) -> None:
        """Close all books without saving them."""
        self.books.close_all()
        self.engine.apps.forget(self)


class Books(Declared):
    """The books that are open."""

    __slots__ = ("_books", "app")

    def __init__(self, app: App) -> None:
        self.app = app
        self._books: list[Book] = []

    @property
    def active(self) -> Book | None:
        """The book opened or activated last."""
        return self._books[-1] if self._books else None

    def add(self) -> Book:
        """A new book with one empty sheet, which becomes the active one; it must be saved under a path."""
        taken = {book.name for book in self._books}
        name = next(f"Book{number}" for number in count(1) if f"Book{number}" not in taken)
        from hscb_xl.ooxml.book import new

        self._books.append(Book(self, new.new(name)))
        return self._books[-1]

    def open(
        self,
        fullname: str,
        update_links: Any = None,  # noqa: ARG002  # xlwings gives the options by their place
        read_only: bool | None = None,
        format: Any = None,  # noqa: A002, ARG002
        password: str | None = None,
        write_res_password: str | None = None,
        *_: Any,
        limits: Limits | None = None,
        **__: Any,
    ) -> Book:
        """The workbook at a path, read into memory unless it is open; it becomes the active one."""
        if read_only or password is not None or write_res_password is not None:
            raise not_supported(self, "open() with a password or for reading only")
        source.refuse_address(fullname)
        path = Path(fullname).resolve()
        for book in self._books:
            if book.fullname == str(path):
                self.to_front(book)
                return book
        opened = Book(self, Workbook.open(path, limits))
        self._books.append(opened)
        return opened

    def close(self, book: Book) -> None:
        """Forget a book and what was not saved of it."""
        self._books = [other for other in self._books if other is not book]

    def close_all(self) -> None:
        """Forget all books."""
        self._books = []

    def to_front(self, book: Book) -> None:
        """Make a book the active one."""
        self._books = [*(other for other in self._books if other is not book), book]

    def __call__(self, name_or_index: str | int) -> Book:
        """The book of that name, path or place; KeyError where none is open."""
        if isinstance(name_or_index, int):
            return self._books[name_or_index - 1]
        for book in self._books:
            if name_or_index.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(name_or_index)

    def __iter__(self) -> Iterator[Book]:
        return iter(self._books)

    def __len__(self) -> int:
        return len(self._books)
