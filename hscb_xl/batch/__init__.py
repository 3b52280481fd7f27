"""A night's work: every plan in a folder tree recalculated, each in a worker process, none of them lost."""
