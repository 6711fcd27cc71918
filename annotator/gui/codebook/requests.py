"""What the codebook editor asks for: one signal an edit. Names are those that are stored now."""

from PySide6.QtCore import QObject, Signal


class CodebookRequests(QObject):
    """The parts of the editor emit these; whoever owns the project answers (`wiring.py`).

    `values` are dicts of changed fields of the dataclass; `object` because Qt would turn a dict into its own map.
    """

    label_added = Signal(object)  # Label
    label_changed = Signal(str, object)  # name, values
    label_moved = Signal(str, int)  # name, place counted from 0
    labels_merged = Signal(str, str)  # name, into
    label_removed = Signal(str, object, bool)  # name, label for its spans or None, delete its spans

    attribute_added = Signal(object)  # AttributeType
    attribute_changed = Signal(str, str, object, object)  # label, name, values, renamed options: old to new
    attribute_moved = Signal(str, str, int)  # label, name, place
    attribute_removed = Signal(str, str)  # label, name

    relation_added = Signal(object)  # RelationType
    relation_changed = Signal(str, object)  # name, values
    relation_removed = Signal(str, object, bool)  # name, type for its relations or None, delete its relations

    import_asked = Signal()
    export_asked = Signal()
