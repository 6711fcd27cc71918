"""What the tests of attributes, notes and guidelines share: a project with every kind of attribute."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

import annotator
from annotator.domain.codebook import AttributeKind, AttributeType
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.span import Span
from tests.gui.conftest import Desk
from tests.ready import ready

WORDS = "Latino activists"
OTHERS = "violent criminals"
CODEBOOK = replace(
    DEFAULT,
    attributes=(
        AttributeType("claim", "polarity", AttributeKind.CHOICE, ("for", "against"), required=True),
        AttributeType("claim", "kind", AttributeKind.CHOICE, ("factual", "causal", "evaluation", "prediction", "law")),
        AttributeType("claim", "evidence", AttributeKind.CHOICES, ("figures", "quotes", "nothing")),
        AttributeType("claim", "checkable", AttributeKind.YES_NO),
        AttributeType("claim", "strength", AttributeKind.NUMBER, guideline="From 0 to 10."),
        AttributeType("claim", "paraphrase", AttributeKind.TEXT),
        AttributeType("quote", "type", AttributeKind.CHOICE, ("direct", "indirect", "mixed", "partly reported")),
    ),
)


def make_project(path: Path) -> Path:
    """The sample articles; in the first one a claim and, further on, an actor."""
    return ready(path, _make_project)


def _make_project(path: Path) -> None:
    with annotator.new(path, codebook=CODEBOOK, sample=True) as project:
        document = next(iter(project.documents)).id
        text = project.documents.text(document)
        for label, words in (("claim", WORDS), ("actor", OTHERS)):
            project.tag(document, label, text.index(words), text.index(words) + len(words))


def stored(path: Path, label: str = "claim") -> Span:
    """The span of that label as it lies on disk."""
    with annotator.open(path) as project:
        return next(s for d in project.documents for s in project.spans(d.id) if s.label == label)


def values(path: Path) -> dict[str, tuple[str, ...]]:
    return {each.name: each.values for each in stored(path).attributes}


def choose(desk: Desk, words: str = WORDS) -> None:
    """Choose the span of these words, the focus in the text."""
    desk.wait(lambda: any(span.text == words for span in desk.text.spans()), "the spans")
    desk.text.setFocus()
    desk.text.choose(next(span.id for span in desk.text.spans() if span.text == words))


def back(desk: Desk) -> None:
    """Give the keyboard to the window again after a popup: without a window manager nobody does."""
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow, "the window")


def focused() -> str:
    """What assistive technology calls the widget with the keyboard focus."""
    widget: QWidget | None = QApplication.focusWidget()
    return widget.accessibleName() if widget else ""
