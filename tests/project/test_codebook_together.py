"""Two people change the codebook, and what spans say by it: neither loses anything, and what can't go back says why."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.domain.codebook import AttributeKind, AttributeType, Label, LineForm
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.span import Span
from annotator.errors import BadArgument, CannotUndo, NotFound
from annotator.project import Project
from tests.project.conftest import Opening
from tests.project.snapshots import snapshot

FRAME = Label("frame", "F", "#B7271B", LineForm.SOLID, 5, parent="claim")
TONE = AttributeType("claim", "tone", AttributeKind.CHOICES, ("calm", "harsh", "ironic"))


@pytest.fixture
def span(kim: Project) -> Span:
    """A claim of Kim's with an attribute and a note, beside a quote."""
    kim.tag("two", "quote", 0, 6, attributes={"type": "direct"})
    return kim.tag("one", "claim", 0, 8, (12, 20), note="why", attributes={"kind": ["factual"]})


LATER: dict[str, tuple[Callable[[Project], object], Callable[[Project], object], str]] = {
    "a name is another's by now": (
        lambda kim: kim.change_label("claim", name="x"),
        lambda lee: lee.add_label(replace(FRAME, name="claim", parent=None)),
        "lee changed the same later (“add label claim”",
    ),
    "nearly a name that is another's by now": (
        lambda kim: kim.change_label("claim", name="x"),
        lambda lee: lee.add_label(replace(FRAME, name="Claim", parent=None)),
        "the codebook was changed later. Two labels have the name “Claim”.",
    ),
    "a removed label's name is another's by now": (
        lambda kim: kim.remove_label("actor"),
        lambda lee: lee.add_label(replace(FRAME, name="actor", parent=None)),
        "lee changed the same later (“add label actor”",
    ),
    "a key is another's by now": (
        lambda kim: kim.change_label("claim", key=None),
        lambda lee: lee.change_label("quote", key=1),
        "Two labels have the key “1”",
    ),
    "a circle would come of it": (
        lambda kim: kim.change_label("claim", parent=None),
        lambda lee: lee.change_label("quote", parent="claim"),
        "can't be a kind of itself",
    ),
    "a new label has spans": (
        lambda kim: kim.add_label(FRAME),
        lambda lee: lee.tag("one", "frame", 0, 3),
        "lee changed the same later (“tag frame”",
    ),
    "a new label is another's parent": (
        lambda kim: kim.add_label(FRAME),
        lambda lee: lee.change_label("actor", parent="frame"),
        "“actor” is said to be a kind of a label that is not there.",
    ),
    "a new label is the end of a relation type": (
        lambda kim: kim.add_label(FRAME),
        lambda lee: lee.change_relation_type("said by", targets=("frame",)),
        "The relation type “said by” begins or ends at a label that is not there.",
    ),
    "a new label has attributes": (
        lambda kim: kim.add_label(FRAME),
        lambda lee: lee.add_attribute(replace(TONE, label="frame")),
        "lee changed the same later (“add attribute tone”",
    ),
    "a merged span was changed": (
        lambda kim: kim.merge_labels("claim", "quote"),
        lambda lee: lee.set_attribute(lee.spans("one")[0].id, "type", "mixed"),
        "lee changed the same later (“type of quote”",
    ),
    "a removed span's label is gone": (
        lambda kim: kim.delete(kim.spans("one")[0].id),
        lambda lee: lee.remove_label("claim"),
        "lee changed the same later (“remove label claim”",
    ),
    "a new option is on a span": (
        lambda kim: kim.change_attribute("quote", "type", options=("direct", "indirect", "mixed", "odd")),
        lambda lee: lee.set_attribute(lee.spans("two")[0].id, "type", "odd"),
        "lee changed the same later (“type of quote”",
    ),
    "an old option is gone": (
        lambda kim: kim.set_attribute(kim.spans("two")[0].id, "type", "mixed"),
        lambda lee: lee.change_attribute("quote", "type", options=("indirect", "mixed")),
        "lee changed the same later (“change attribute type”",
    ),
}


@pytest.mark.parametrize("name", LATER)
def test_what_others_built_on_is_not_taken_back_and_the_message_says_why(
    name: str, kim: Project, lee: Project, span: Span
) -> None:
    act, later, said = LATER[name]
    kim.change_label("claim", parent="quote")
    act(kim)
    later(lee)
    before, changes = snapshot(kim), kim.history()
    with pytest.raises(CannotUndo) as error:
        kim.undo()
    assert said in str(error.value)
    assert str(error.value).endswith("Nothing was changed.")
    assert (snapshot(kim), kim.history()) == (before, changes)
    lee.undo()
    kim.undo()
    assert kim.check() == []


def test_labels_that_two_people_added_stay_in_their_order_when_one_is_taken_back(kim: Project, lee: Project) -> None:
    kim.add_label(replace(FRAME, name="a", key=None))
    lee.add_label(replace(FRAME, name="b", key=None))
    kim.remove_label("quote")
    lee.add_label(replace(FRAME, name="A 2", key=None))
    kim.undo()
    kim.undo()
    kim.add_label(replace(FRAME, name="c", key=None))
    assert [label.name for label in kim.codebook] == [*(label.name for label in DEFAULT), "b", "A 2", "c"]


def test_removing_a_label_never_deletes_what_was_tagged_a_moment_ago(
    kim: Project, lee: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kim.count_spans("claim") == 0
    lee.tag("one", "claim", 0, 3)
    monkeypatch.setattr(kim, "count_spans", lambda _: 0)  # as it was a moment before
    with pytest.raises(BadArgument, match="1 span is labelled “claim”"):
        kim.remove_label("claim")
    assert len(kim.spans("one")) == 1


def test_a_label_that_another_program_renamed_is_not_there_under_its_old_name(kim: Project, lee: Project) -> None:
    assert kim.codebook.has("claim")
    lee.change_label("claim", name="statement")
    with pytest.raises(NotFound, match="no label “claim”"):
        kim.tag("one", "claim", 0, 3)
    assert kim.tag("one", "statement", 0, 3).label == "statement"


def test_two_programs_change_the_codebook_by_turns_and_neither_loses_the_others_work(
    as_annotator: Opening,
) -> None:
    kim, lee = as_annotator("kim"), as_annotator("lee")
    assert kim.codebook == lee.codebook
    kim.add_label(replace(FRAME, name="a", key=None))
    lee.add_label(replace(FRAME, name="b", key=None))
    kim.change_label("claim", name="statement")
    lee.move_label("b", 0)
    assert [label.name for label in kim.codebook] == ["b", "statement", "quote", "actor", "policy recommendation", "a"]
    assert lee.codebook == kim.codebook


def test_ten_thousand_spans_are_merged_and_brought_back(kim: Project) -> None:
    kim.tag_all("claim", [("one", at % 40, at % 40 + 1) for at in range(10_000)])
    kim.merge_labels("claim", "quote")
    assert kim.count_spans("quote") == 10_000
    kim.undo()
    assert kim.count_spans("claim") == 10_000
