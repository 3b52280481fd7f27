"""References and formulas as a file holds them, and what becomes of them when cells come, go or move.

From outside: ``refs`` (areas as numbers), ``references`` (a formula that follows a change), ``tokens``.
"""
