"""How cells look and what they accept: fonts, fills, borders, rules, validation.

Each module wraps one attribute of a range; the range itself is in the folder above.
"""
