"""The use cases over a real database (decision 38).

A module an area, named as in `domain`: out of `parts.Town` it makes what parents (`for_parents`),
agents (`for_staff`) and the timer ask for. `parents`, `staff` and `jobs` gather them.
"""
