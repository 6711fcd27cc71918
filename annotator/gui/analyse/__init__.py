"""Analyse: counts and agreement as charts, each of them a table too."""
