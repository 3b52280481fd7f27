"""XML parts read with the bytes of every element, and edited as spans of them.

From outside: ``tree.parse`` and ``tree.kept`` for a part's elements, ``spans`` for edits, ``namespaces``.
"""
