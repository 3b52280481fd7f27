"""What a sheet says of ranges: conditional formats and data validations.

From outside: ``conditional`` and ``validations``; later versions of Excel keep theirs in ``extensions``.
"""
