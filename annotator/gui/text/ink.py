"""What painting needs to know besides the rows."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotator.gui.text.metrics import Metrics
from annotator.gui.theme import LabelStyle


@dataclass(frozen=True, slots=True)
class Ink:
    """Measures, label styles by name, colours, which spans (ids) stand out, whether the chosen one has handles.

    `aimed` is the span that a relation is about to be drawn to; it has a frame in `accent`.
    """

    metrics: Metrics
    style: Callable[[str], LabelStyle]
    surface: QColor
    chosen: str | None = None
    hovered: str | None = None
    pending: frozenset[str] = frozenset()
    handles: bool = False
    aimed: str | None = None
    accent: QColor | None = None
