"""Measures of agreement over domain objects: pure functions, standard library only."""
