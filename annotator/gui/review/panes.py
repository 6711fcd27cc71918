"""The panes of Review, which don't know each other."""

from dataclasses import dataclass

from annotator.gui.review.head import ReviewHead
from annotator.gui.review.queue_panel import QueuePanel
from annotator.gui.review.side import ReviewSide
from annotator.gui.review.text import ReviewText


@dataclass(frozen=True)
class ReviewPanes:
    """From left to right; `head` is above `text`."""

    queue: QueuePanel
    head: ReviewHead
    text: ReviewText
    side: ReviewSide
