"""Formats: one module a format, each a reader or writer of domain objects, listed in `registry`."""
