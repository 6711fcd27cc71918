"""The parts of the queue, and the groups that each is listed in."""

import enum

from annotator.domain.review import Kind, Status
from annotator.gui.review.listed import Listed

ORDER = (
    Kind.MISSING,
    Kind.BOUNDARY,
    Kind.BOUNDARY_AND_LABEL,
    Kind.LABEL,
    Kind.ATTRIBUTE,
    Kind.RELATION,
    Kind.SPLIT,
    Kind.SINGLE,
    Kind.WITHDRAWN,
    Kind.UNANIMOUS,
)
"""The groups from top to bottom."""


class Part(enum.StrEnum):
    """The three parts of the queue."""

    OPEN = "Open"
    DECIDED = "Decided"
    DEFERRED = "Deferred"


PART_OF = {
    Status.OPEN: Part.OPEN,
    Status.REOPENED: Part.OPEN,
    Status.DECIDED: Part.DECIDED,
    Status.DEFERRED: Part.DEFERRED,
}
Groups = list[tuple[Kind, Listed]]
