"""Deadlines as people write them, and the last day that each allows.

From outside: ``bywhen.read``; the other modules are its forms and its vocabulary.
"""
