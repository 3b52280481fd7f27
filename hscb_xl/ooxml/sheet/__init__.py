"""One worksheet part: its cells and formats read, and edits that wait until they are spliced in.

From outside: ``part.SheetPart``; ``columns``, ``rows``, ``merges``, ``geometry`` and ``fitting`` work on one.
"""
