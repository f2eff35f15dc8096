"""Whole series at once, as columns: the one room that loads pandas, with `kpis.rules.frames` below it.

Its doors are `known`, `typed` and `recomputing`. Whoever wants one imports it inside the function that does, because
pandas costs half a second and 60 MB: a web process or a worker that computes nothing is spared both.
"""
