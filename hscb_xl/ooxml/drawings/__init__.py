"""What floats over a sheet or hangs on its cells: charts, notes, links.

From outside: ``charts`` and ``chartparts``, ``drawing``, ``notes``, ``links``.
"""
