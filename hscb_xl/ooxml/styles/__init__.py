"""The styles part: fonts, fills, borders, number formats and colours, only ever added to.

From outside: ``styles.Styles``, the ``looks`` that it is asked for, ``numberformats`` and ``palette``.
"""
