"""Entities in the window: what is known of them, choosing one, and the editor of the registry."""
