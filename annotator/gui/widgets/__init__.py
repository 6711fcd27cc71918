"""Widgets that any mode of the window uses, and the paint functions that they share."""
