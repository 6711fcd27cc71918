"""The codebook can be changed while it is in use: spans keep what they say, and each change can be taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

import annotator
from annotator.domain.attributes import Attribute
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.span import Span
from annotator.errors import BadArgument, NotFound
from annotator.project import Project
from tests.project.snapshots import snapshot

FRAME = Label("frame", "F", "#B7271B", LineForm.SOLID, 5, parent="claim")
TONE = AttributeType("claim", "tone", AttributeKind.CHOICES, ("calm", "harsh", "ironic"))
REBUTS = RelationType("rebuts", ("claim",), ("claim",))
FACTUAL, TYPE = Attribute("kind", ("factual",)), Attribute("type", ("direct",))

OPERATIONS: dict[str, tuple[Callable[[Project], object], str]] = {
    "add a label": (lambda p: p.add_label(FRAME), "add label frame"),
    "rename a label": (lambda p: p.change_label("claim", name="statement"), "change label claim"),
    "take another's key": (lambda p: p.change_label("claim", key=2), "change label claim"),
    "make a label a kind of another": (lambda p: p.change_label("claim", parent="quote"), "change label claim"),
    "move a label": (lambda p: p.move_label("actor", 0), "move label actor"),
    "merge labels": (lambda p: p.merge_labels("claim", "quote"), "merge claim into quote"),
    "move spans and remove a label": (lambda p: p.remove_label("claim", move_to="actor"), "merge claim into actor"),
    "remove a label and its spans": (lambda p: p.remove_label("claim", delete_spans=True), "remove label claim"),
    "remove a label without spans": (lambda p: p.remove_label("actor"), "remove label actor"),
    "add an attribute": (lambda p: p.add_attribute(TONE), "add attribute tone"),
    "rename an attribute": (lambda p: p.change_attribute("claim", "kind", name="sort"), "change attribute kind"),
    "rename an option": (
        lambda p: p.change_attribute(
            "claim", "kind", options=("fact", "causal", "evaluation", "prediction"), renamed={"factual": "fact"}
        ),
        "change attribute kind",
    ),
    "make a choice a text": (
        lambda p: p.change_attribute("claim", "kind", kind=AttributeKind.TEXT, options=()),
        "change attribute kind",
    ),
    "move an attribute": (lambda p: p.move_attribute("claim", "stance", 0), "move attribute stance"),
    "remove an attribute": (lambda p: p.remove_attribute("claim", "kind"), "remove attribute kind"),
    "add a relation type": (lambda p: p.add_relation_type(REBUTS), "add relation type rebuts"),
    "change a relation type": (
        lambda p: p.change_relation_type("said by", name="from", sources=()),
        "change relation type said by",
    ),
    "remove a relation type": (lambda p: p.remove_relation_type("said by"), "remove relation type said by"),
    "import a codebook": (
        lambda p: p.import_codebook(
            Codebook((FRAME, replace(DEFAULT.labels[0], guideline="New.")), (TONE,), (REBUTS,))
        ),
        "import codebook",
    ),
}


@pytest.fixture
def span(kim: Project) -> Span:
    """A claim of Kim's with an attribute and a note, beside a quote."""
    kim.tag("two", "quote", 0, 6, attributes={"type": "direct"})
    return kim.tag("one", "claim", 0, 8, (12, 20), note="why", attributes={"kind": ["factual"]})


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_one_change_and_can_be_taken_back_and_done_again(name: str, kim: Project, span: Span) -> None:
    operate, title = OPERATIONS[name]
    before, changes = snapshot(kim), len(kim.history())
    operate(kim)
    after = snapshot(kim)
    assert after != before
    assert len(kim.history()) == changes + 1
    for _ in range(2):
        assert kim.undo().title == f"undo {title}"
        assert snapshot(kim) == before
        assert kim.redo().title == f"redo {title}"
        assert snapshot(kim) == after
    assert kim.check() == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_can_be_taken_back_and_done_again_after_a_restart(name: str, kim: Project, span: Span) -> None:
    before = snapshot(kim)
    OPERATIONS[name][0](kim)
    after = snapshot(kim)
    kim.close()
    for act, wanted in ((Project.undo, before), (Project.redo, after)):
        with annotator.open(kim.path, "kim") as again:
            act(again)
            assert snapshot(again) == wanted


@pytest.mark.parametrize("name", OPERATIONS)
def test_another_program_sees_it_at_once_and_is_told(name: str, kim: Project, lee: Project, span: Span) -> None:
    assert lee.codebook == kim.codebook
    lee.poll()
    OPERATIONS[name][0](kim)
    assert lee.codebook == kim.codebook
    assert {each.id: each for each in lee.spans("one")} == {each.id: each for each in kim.spans("one")}
    (told,) = lee.poll()
    assert told.codebook


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_told_of_spans_is_what_they_are_then(name: str, kim: Project, span: Span) -> None:
    for act in (OPERATIONS[name][0], Project.undo, Project.redo):
        told: list[Span] = []
        kim.subscribe(lambda change_set, told=told: told.extend(change_set.spans))  # type: ignore[misc]
        act(kim)
        assert told == [kim.span(each.id) for each in told]


def test_every_operation_one_after_the_other_can_be_taken_back_to_the_beginning(kim: Project, span: Span) -> None:
    before, done = snapshot(kim), 0
    for name in ("add a label", "move a label", "add an attribute", "rename an option", "import a codebook"):
        OPERATIONS[name][0](kim)
        done += 1
    for name in ("merge labels", "remove a relation type"):
        OPERATIONS[name][0](kim)
        done += 1
    after = snapshot(kim)
    for _ in range(done):
        kim.undo()
    assert snapshot(kim) == before
    for _ in range(done):
        kim.redo()
    assert snapshot(kim) == after


NOTHING: dict[str, Callable[[Project], object]] = {
    "the same name": lambda p: p.change_label("claim", name="claim"),
    "the same colour, written small": lambda p: p.change_label("claim", colour="#b8730e"),
    "the same place": lambda p: p.move_label("claim", 0),
    "the same options": lambda p: p.change_attribute("quote", "type", options=("direct", "indirect", "mixed")),
    "the same codebook": lambda p: p.import_codebook(DEFAULT),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_changes_nothing_is_no_change(name: str, kim: Project, span: Span) -> None:
    changes = kim.history()
    NOTHING[name](kim)
    assert kim.history() == changes


PAIR = {"claim": "quote", "quote": "claim"}
REFUSED: dict[str, tuple[Callable[[Project], object], type[Exception], str]] = {
    "a name that another has": (lambda p: p.change_label("claim", name="Quote"), BadArgument, "Two labels have the"),
    "a name with a line end": (lambda p: p.add_label(replace(FRAME, name="a\nb")), BadArgument, "line end"),
    "an unknown label": (lambda p: p.change_label("clam", name="x"), NotFound, "Did you mean “claim”?"),
    "a circle": (
        lambda p: p.import_codebook(Codebook(tuple(replace(each, parent=PAIR.get(each.name)) for each in DEFAULT))),
        BadArgument,
        "can't be a kind of itself",
    ),
    "an unknown parent": (lambda p: p.change_label("claim", parent="x"), BadArgument, "said to be a kind of “x”"),
    "merging into itself": (lambda p: p.merge_labels("claim", "claim"), BadArgument, "into itself"),
    "merging into nothing": (lambda p: p.merge_labels("claim", "x"), NotFound, "no label “x”"),
    "removing what spans have": (lambda p: p.remove_label("claim"), BadArgument, "1 span is labelled “claim”"),
    "two attributes of a name": (lambda p: p.add_attribute(replace(TONE, name="Kind")), BadArgument, "two attributes"),
    "an attribute of no label": (lambda p: p.add_attribute(replace(TONE, label="x")), BadArgument, "“x”, which the"),
    "a choice without options": (lambda p: p.add_attribute(replace(TONE, options=())), BadArgument, "at least one"),
    "removing an option in use": (
        lambda p: p.change_attribute("claim", "kind", options=("causal",)),
        BadArgument,
        "1 span has a value of “kind” that would no longer fit, such as “factual”",
    ),
    "a kind that the values don't fit": (
        lambda p: p.change_attribute("claim", "kind", kind=AttributeKind.NUMBER, options=()),
        BadArgument,
        "would no longer fit",
    ),
    "a relation to no label": (
        lambda p: p.add_relation_type(replace(REBUTS, targets=("x",))),
        BadArgument,
        "names “x”, which the codebook doesn't have",
    ),
    "an invalid codebook": (
        lambda p: p.import_codebook(Codebook((), (replace(TONE, label="x"),))),
        BadArgument,
        "of “x”, which the codebook",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_allowed_is_refused_and_changes_nothing(name: str, kim: Project, span: Span) -> None:
    act, kind, said = REFUSED[name]
    with pytest.raises(kind) as error:
        act(kim)
    assert said in str(error.value)
    assert kim.codebook == DEFAULT
    assert kim.span(span.id) == span
    assert kim.check() == []


def test_the_last_label_cannot_go(kim: Project) -> None:
    for name in ("claim", "quote", "actor"):
        kim.remove_label(name)
    with pytest.raises(BadArgument, match="at least one label"):
        kim.remove_label("policy recommendation")


def test_a_copy_of_a_label_is_a_label_of_its_own(kim: Project) -> None:
    kim.add_label(replace(kim.codebook.label("claim"), name="copy", key=None))
    kim.add_attribute(replace(kim.codebook.attribute("claim", "kind"), label="copy"))
    assert len({label.id for label in kim.codebook}) == 5
    kim.change_label("copy", guideline="Of its own.")
    assert kim.codebook.label("claim") == DEFAULT.label("claim")


def test_renaming_touches_no_span(kim: Project, span: Span) -> None:
    kim.change_label("claim", name="statement")
    assert kim.span(span.id) == replace(span, label="statement")
    assert [each.sources for each in kim.codebook.relations if each.name == "supports"] == [("statement",)]


def test_merging_takes_along_what_fits_and_keeps_the_rest_out_of_sight(kim: Project) -> None:
    for label in ("fact", "assertion"):
        kim.add_label(replace(FRAME, name=label, key=None))
    kim.add_attribute(AttributeType("fact", "kind", AttributeKind.CHOICE, ("factual", "odd")))
    kim.add_attribute(AttributeType("assertion", "Kind", AttributeKind.CHOICE, ("factual", "causal")))
    fits = kim.tag("one", "fact", 0, 3, attributes={"kind": "factual"})
    odd = kim.tag("one", "fact", 4, 8, attributes={"kind": "odd"})
    kim.merge_labels("fact", "assertion")
    assert kim.span(fits.id).attributes == (Attribute("Kind", ("factual",)),)
    assert kim.span(odd.id).attributes == ()
    assert kim.check() == []
    kim.undo()
    assert kim.span(odd.id) == replace(odd, version=3)


def test_what_was_a_kind_of_the_merged_label_is_a_kind_of_the_other(kim: Project) -> None:
    kim.add_label(FRAME)
    kim.merge_labels("claim", "quote")
    assert kim.codebook.label("frame").parent == "quote"
    kim.undo()
    kim.merge_labels("claim", "frame")
    assert kim.codebook.label("frame").parent is None


def test_another_label_keeps_the_values_out_of_sight_until_the_old_one_is_back(kim: Project, span: Span) -> None:
    assert kim.retag(span.id, "quote").attributes == ()
    assert kim.set_attribute(span.id, "type", "direct").attributes == (TYPE,)
    assert kim.retag(span.id, "claim").attributes == (FACTUAL,)
    assert kim.retag(span.id, "quote").attributes == (TYPE,)
    assert kim.check() == []


def test_values_out_of_sight_go_along_with_a_renamed_option_and_leave_with_a_removed_one(
    kim: Project, span: Span
) -> None:
    kim.retag(span.id, "quote")
    OPERATIONS["rename an option"][0](kim)
    assert kim.retag(span.id, "claim").attributes == (Attribute("kind", ("fact",)),)
    kim.retag(span.id, "quote")
    kim.change_attribute("claim", "kind", options=("causal",))
    assert kim.retag(span.id, "claim").attributes == ()
    assert kim.check() == []


def test_attributes_stand_in_the_order_of_the_codebook(kim: Project, span: Span) -> None:
    kim.set_attribute(span.id, "stance", "neutral")
    assert [each.name for each in kim.span(span.id).attributes] == ["kind", "stance"]
    kim.move_attribute("claim", "stance", 0)
    assert [each.name for each in kim.span(span.id).attributes] == ["stance", "kind"]


def test_an_import_says_what_it_added_changed_and_left(kim: Project) -> None:
    other = Codebook(
        (FRAME, replace(DEFAULT.labels[0], name="Claim", guideline="New.")),
        (
            AttributeType("Claim", "stance", AttributeKind.TEXT),
            AttributeType("Claim", "Kind", AttributeKind.CHOICE, ("Causal", "odd")),
        ),
        (REBUTS,),
    )
    done = kim.import_codebook(other)
    assert [str(entry) for entry in done.added] == ["label “frame”", "relation type “rebuts”"]
    assert [str(entry) for entry in done.changed] == ["label “claim”", "attribute “kind” of “claim”"]
    assert [str(entry) for entry in done.left] == ["attribute “stance” of “claim”"]
    options = kim.codebook.attribute("claim", "kind").options
    assert options == ("causal", "odd", "factual", "evaluation", "prediction")
    assert [label.name for label in kim.codebook] == [label.name for label in DEFAULT] + ["frame"]
