"""The namespaces of a workbook's parts, in the transitional and in the strict dialect."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def relationships(main: str) -> str:
    """The namespace of ``r:id`` that goes with a part whose own namespace is ``main``."""
    return _STRICT_RELATIONSHIPS if main == STRICT_MAIN else _RELATIONSHIPS


def relationship_type(kind: str, main: str) -> str:
    """The type of a relationship such as "table" in the dialect of ``main``."""
    return f"{relationships(main)}/{kind}"
