"""Files handed out into folders that other people write to: remembered, decided, done, and told.

From outside: ``handing.hand_out`` and what it returns; ``manifest`` is what a folder remembers.
"""
