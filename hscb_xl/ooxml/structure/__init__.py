"""Rows, columns, cells, sheets and names that come, go, move or are copied, and all that refers to them.

From outside: one function for each change; every one is done whole or not at all.
"""
