"""What tasks read of a book and keep in it: the plan's table, Settings, History, the last click's changes.

The verbs beside this folder stand on it, and it imports none of them.
"""
