"""What can be known of a formula without calculating it."""

import re

_LINK = re.compile(r'HYPERLINK\("((?:[^"]|"")*)","((?:[^"]|"")*)"\)', re.IGNORECASE)


def literal_value(formula: str) -> str | None:
    """The value a formula has whatever the sheet holds: the friendly name of a link written out in it."""
    match = _LINK.fullmatch(formula)
    return match[2].replace('""', '"') if match else None
