"""What a caller asks of a task; apart from the tasks, as those who only pass it on need none of them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants other than the Settings sheet says; None leaves it to the sheet."""

    as_of: date | None = None
    amber_window: int | None = None
    tolerance: int | None = None
