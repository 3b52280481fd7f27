"""The tables of a sheet: where they lie, what their columns are called, how they grow, what they filter.

From outside: all three modules. What a table's name means to the rest of a workbook is in ``structure``.
"""
