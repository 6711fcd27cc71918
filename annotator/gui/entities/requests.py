"""What the registry asks for: one signal an edit. Entities are named by their ids, which outlive a new name."""

from PySide6.QtCore import QObject, Signal


class EntityRequests(QObject):
    """The parts of the editor emit these; whoever owns the project answers (`wiring.py`)."""

    added = Signal(str)  # name
    changed = Signal(str, object)  # id, values: a dict, which Qt would turn into its own map
    merged = Signal(str, str)  # id, into id
    split = Signal(str, str, object)  # id, new name, forms
    removed = Signal(str, bool)  # id, whether its spans are to have none
    tied = Signal(object, str)  # an Untied, the entity's name
    places_asked = Signal(str)  # id: its spans in their documents
    place_opened = Signal(object)  # a Place
    codebook_asked = Signal()
