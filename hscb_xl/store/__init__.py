"""Files of other people: read whole, locked, replaced in one step, kept as backups and brought back.

From outside: ``atomic.write_atomically`` to write, ``source`` to read, ``locks`` to ask who has a file.
"""
