"""Two people change one thing of a span at once: the later one is told both versions, and nothing goes unseen."""

import re
from collections.abc import Callable

import pytest

from annotator.domain.span import Span
from annotator.errors import Stale
from annotator.project import Project
from tests.project.conftest import Opening

Act = Callable[[Project, Span], Span]


@pytest.fixture
def span(kim: Project) -> Span:
    return kim.tag("one", "claim", 0, 3, attributes={"kind": "causal"}, note="first")


CASES: dict[str, tuple[Act, Act, str]] = {
    "label": (
        lambda project, shown: project.retag(shown.id, "quote"),
        lambda project, shown: project.retag(shown.id, "actor", shown=shown),
        "lee has changed the label of this span meanwhile: it is “quote” now, and yours is “actor”.",
    ),
    "place": (
        lambda project, shown: project.resize(shown.id, (0, 8)),
        lambda project, shown: project.resize(shown.id, (0, 13), shown=shown),
        "it is “The U.S.” now, and yours is “The U.S. said”.",
    ),
    "note": (
        lambda project, shown: project.set_note(shown.id, "theirs"),
        lambda project, shown: project.set_note(shown.id, "mine", shown=shown),
        "it is “theirs” now, and yours is “mine”.",
    ),
    "a note taken away": (
        lambda project, shown: project.set_note(shown.id, ""),
        lambda project, shown: project.set_note(shown.id, "mine", shown=shown),
        "it is empty now, and yours is “mine”.",
    ),
    "attribute": (
        lambda project, shown: project.set_attribute(shown.id, "kind", "prediction"),
        lambda project, shown: project.set_attribute(shown.id, "kind", "factual", shown=shown),
        "lee has changed the kind of this span meanwhile: it is “prediction” now, and yours is “factual”.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_stale_change_is_refused_with_both_versions(case: str, kim: Project, lee: Project, span: Span) -> None:
    theirs, mine, words = CASES[case]
    left = theirs(lee, span)
    changes = len(kim.history())
    with pytest.raises(Stale, match=re.escape(words)):
        mine(kim, span)
    assert kim.span(span.id) == left
    assert len(kim.history()) == changes
    mine(kim, left)  # having seen it
    assert kim.check() == []


@pytest.mark.parametrize("case", CASES)
def test_who_wants_the_same_is_not_stopped(case: str, kim: Project, lee: Project, span: Span) -> None:
    _, mine, _ = CASES[case]
    left = mine(lee, span)
    assert mine(kim, span) == left


def test_different_things_of_one_span_are_no_conflict(kim: Project, lee: Project, span: Span) -> None:
    lee.set_note(span.id, "theirs")
    lee.set_attribute(span.id, "stance", "opposes")
    kim.resize(span.id, (0, 8), shown=span)
    kim.set_attribute(span.id, "kind", "factual", shown=span)
    kim.retag(span.id, "quote", shown=span)
    assert kim.span(span.id).note == "theirs"


def test_changes_of_ones_own_that_wait_one_behind_the_other_go_in(kim: Project, span: Span) -> None:
    for label in ("quote", "actor", "claim", "quote"):
        kim.retag(span.id, label, shown=span)
    for end in (4, 5, 6):
        kim.resize(span.id, (0, end), shown=span)
    kim.undo()
    kim.set_note(span.id, "second", shown=span)
    kim.set_note(span.id, "third", shown=span)
    assert kim.span(span.id).note == "third"


def test_ones_other_window_is_called_that(kim: Project, as_annotator: Opening, span: Span) -> None:
    as_annotator("kim").retag(span.id, "quote")
    with pytest.raises(Stale, match="You have changed the label of this span meanwhile in another window"):
        kim.retag(span.id, "actor", shown=span)
