"""The modules of a project as olevba reads them."""

import warnings

with warnings.catch_warnings():
    # Its own use of pyparsing is of the old kind; that is nothing that our tests could mend.
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser


def texts(file: str, data: bytes) -> dict[str, str]:
    """The text of every module by its name; ``file`` is the name that the parser goes by."""
    parser = VBA_Parser(file, data=data)
    try:
        found = {path.rpartition("/")[2]: code for _, path, _, code in parser.extract_all_macros()}
    finally:
        parser.close()
    return found
