"""xlwings.conf: lines of ``"KEY","value"``, of which other people's keep every byte.

The add-in reads it with VBA's ``Input #``: the first line of a key counts, capitals do not matter, a value
cannot hold a quotation mark, and the letters are those of the system's own code page (xlwings.bas,
GetConfigFromFile).
"""

import re
from dataclasses import dataclass

from hscb_xl.errors import OutputProblem

_PAIR = re.compile(rb'\s*"([^"]*)"\s*,\s*"([^"]*)"\s*')


@dataclass(frozen=True, slots=True)
class Conf:
    """The lines of a configuration, each with its ending."""

    lines: tuple[bytes, ...]
    encoding: str
    ending: bytes

    @classmethod
    def read(cls, data: bytes, encoding: str, ending: bytes) -> "Conf":
        """The configuration in ``data``; ``ending`` is for new lines where there is none to go by."""
        lines = tuple(re.findall(rb"[^\n]*\n|[^\n]+", data))
        if lines and lines[0].endswith(b"\n"):
            ending = b"\r\n" if lines[0].endswith(b"\r\n") else b"\n"
        return cls(lines, encoding, ending)

    @property
    def data(self) -> bytes:
        """The whole as it is written to the file."""
        return b"".join(self.lines)

    def value(self, key: str) -> str | None:
        """What a key is set to, None where it is not there."""
        for line in self.lines:
            pair = _PAIR.fullmatch(line)
            if pair and self._is(pair[1], key):
                return pair[2].decode(self.encoding, errors="replace")
        return None

    def having(self, key: str, value: str) -> "Conf":
        """The same with a key set, in the place of its line or at the end."""
        line = self._line(key, value)
        at = self._at(key)
        if at is not None:
            return self._with((*self.lines[:at], line, *self.lines[at + 1 :]))
        before = self.lines
        if before and not before[-1].endswith(b"\n"):
            before = (*before[:-1], before[-1] + self.ending)
        return self._with((*before, line))

    def without(self, key: str) -> "Conf":
        """The same with the line of a key taken out, if there is one."""
        at = self._at(key)
        return self if at is None else self._with((*self.lines[:at], *self.lines[at + 1 :]))

    def _at(self, key: str) -> int | None:
        pairs = ((index, _PAIR.fullmatch(line)) for index, line in enumerate(self.lines))
        return next((index for index, pair in pairs if pair and self._is(pair[1], key)), None)

    def _is(self, written: bytes, key: str) -> bool:
        return written.decode(self.encoding, errors="replace").lower() == key.lower()

    def _line(self, key: str, value: str) -> bytes:
        try:
            encoded = value.encode(self.encoding)
        except UnicodeEncodeError:
            encoded = b'"'
        if b'"' in encoded or b"\n" in encoded:
            raise OutputProblem(
                f"{value} has a character that the add-in cannot read from its configuration: "
                "put the program into a folder with a plain name and install it from there."
            )
        return b'"%s","%s"%s' % (key.encode("ascii"), encoded, self.ending)

    def _with(self, lines: tuple[bytes, ...]) -> "Conf":
        return Conf(lines, self.encoding, self.ending)
