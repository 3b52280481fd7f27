"""Reading a book: its plan, its Settings, its words, and everything that stops a run.

From outside: ``plans.read``. It stands on ``tasks/book`` and imports no verb.
"""
