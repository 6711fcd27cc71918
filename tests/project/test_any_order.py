"""Two annotators do, undo and redo anything in any order; a simple model says what must come out."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import annotator
from annotator.domain import review
from annotator.domain.change import ChangeKind
from annotator.domain.codebook import AttributeKind, AttributeType, Label, LineForm, RelationType
from annotator.domain.document import State
from annotator.domain.relation import Relation, offers
from annotator.domain.review import Action, Rule
from annotator.domain.revision import SpanFate
from annotator.domain.span import Span
from annotator.errors import BadArgument, CannotUndo, NotFound
from annotator.project import Project
from tests.conftest import many, sequences
from tests.project.conftest import OTHER, TEXT
from tests.project.raw import File, Rows, could_be
from tests.project.snapshots import content, snapshot

pytestmark = pytest.mark.timeout(many(300, 7200))  # many operations, on a machine that may have other work

WHO = st.sampled_from(["kim", "lee"])
STRETCHES = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda drawn: (drawn[0], sum(drawn)))
PICK = st.integers(0, 1000)
NAMES = st.sampled_from(["claim", "Claim", "frame", "actor", "quote"])
OPTIONS = st.lists(st.sampled_from(["factual", "causal", "direct", "person", "end"]), max_size=3, unique=True).map(
    tuple
)
ENTITIES = st.sampled_from(["ICE", "ice", "DHS", "The agency", "e\u0301", "é", "Morton"])
DOCUMENTS = st.sampled_from(["one", "two"])
T = TypeVar("T")
Edit = Callable[[Project], object]
LOOK = "X", "#B7271B", LineForm.SOLID


class AnyOrder(RuleBasedStateMachine):
    """Keeps, of each change, the rows before and after: undo must give the one, redo the other, or be refused.

    A row says also which change left it so. Undo must be refused where a row of it is another now, or where what came
    of it would break a rule; then nothing changes.
    """

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "study.annotator"
        with annotator.new(path, annotator="setup") as project:
            for name, text in (("one.txt", TEXT), ("two.txt", OTHER * 3)):
                (path.parent / name).write_text(text, "utf-8")
                project.import_file(path.parent / name)
        self.projects = {name: annotator.open(path, name) for name in ("kim", "lee")}
        self.file = File(path)
        self.undoable: dict[str, list[tuple[Rows, Rows]]] = {"kim": [], "lee": []}
        self.redoable: dict[str, list[tuple[Rows, Rows]]] = {"kim": [], "lee": []}
        self.versions: dict[str, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "projects"):
            assert self.projects["kim"].check() == []
            self.history_is_consistent()
            self.file.close()
            for project in self.projects.values():
                project.close()
            self.folder.cleanup()

    def spans(self, who: str) -> list[Span]:
        both = [span for document in ("one", "two") for span in self.there(who, document, Project.spans)]
        return sorted(both, key=lambda span: (span.created, span.id))

    def there(self, who: str, document: str, read: Callable[[Project, str], list[T]]) -> list[T]:
        """What is read of a document, nothing where it is deleted."""
        try:
            return read(self.projects[who], document)
        except NotFound:
            return []

    def span(self, pick: int) -> Span:
        spans = self.spans("kim")
        return spans[pick % len(spans)]

    def label(self, pick: int) -> str:
        labels = self.projects["kim"].codebook.labels
        return labels[pick % len(labels)].name

    def attribute(self, pick: int) -> AttributeType:
        attributes = self.projects["kim"].codebook.attributes
        return attributes[pick % len(attributes)]

    def entity(self, pick: int) -> str:
        """An entity's name, or one that there is not."""
        known = [each.name for each in self.projects["kim"].entity_list()]
        return known[pick % len(known)] if known else "ICE"

    @contextmanager
    def change(self, who: str) -> Iterator[Project]:
        """Note what a change of this annotator's does, if it does anything; a refused one must do nothing."""
        before, number = self.file.rows(), self.file.changes()
        try:
            yield self.projects[who]
        except BadArgument:
            assert (self.file.rows(), self.file.changes()) == (before, number)
            return
        after = self.file.rows()
        touched = [key for key in before | after if before.get(key) != after.get(key)]
        assert self.file.changes() == number + bool(touched)
        if touched:
            self.undoable[who].append(
                ({key: before.get(key) for key in touched}, {key: after.get(key) for key in touched})
            )
            self.redoable[who].clear()

    @rule(who=WHO, pick=PICK, place=STRETCHES, document=DOCUMENTS)
    def tag(self, who: str, pick: int, place: tuple[int, int], document: str) -> None:
        label = self.label(pick)
        asked = self.projects[who].codebook.attributes_of(label)
        values = {each.name: each.options[pick % len(each.options)] for each in asked[:1] if each.options}
        values |= {each.name: self.entity(pick) for each in asked if each.kind is AttributeKind.ENTITY and pick % 3}
        with self.change(who) as project:
            project.tag(document, label, *place, note=f"by {who}", attributes=values)

    @rule(who=WHO, pick=PICK, places=st.lists(STRETCHES, min_size=1, max_size=4))
    def tag_all(self, who: str, pick: int, places: list[tuple[int, int]]) -> None:
        label = self.label(pick)
        with self.change(who) as project:
            project.tag_all(label, [("one", *place) for place in places])

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, label=PICK, pick=PICK, again=st.booleans())
    def retag_or_duplicate(self, who: str, label: int, pick: int, again: bool) -> None:
        span, wanted = self.span(pick), self.label(label)
        with self.change(who) as project:
            (project.duplicate if again else project.retag)(span.id, wanted)

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, places=st.lists(STRETCHES, min_size=1, max_size=3), pick=PICK)
    def resize(self, who: str, places: list[tuple[int, int]], pick: int) -> None:
        span = self.span(pick)
        with self.change(who) as project:  # so that no resize joins the one before: joining has tests of its own
            project.set_note(span.id, f"{span.note or ''}.")
        with self.change(who) as project:
            project.resize(span.id, *places)

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, picks=st.lists(PICK, min_size=1, max_size=3))
    def delete(self, who: str, picks: list[int]) -> None:
        ids = [self.span(pick).id for pick in picks]
        with self.change(who) as project:
            project.delete(*ids)

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, pick=PICK, which=PICK, values=OPTIONS)
    def set_attribute(self, who: str, pick: int, which: int, values: tuple[str, ...]) -> None:
        span = self.span(pick)
        asked = self.projects[who].codebook.attributes_of(span.label)
        if asked:
            with self.change(who) as project:
                project.set_attribute(span.id, asked[which % len(asked)].name, *values)

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, picks=st.lists(PICK, min_size=1, max_size=4), entity=ENTITIES | st.none())
    def set_entity(self, who: str, picks: list[int], entity: str | None) -> None:
        """Several spans of one label at once; the label may have several such attributes, or none."""
        spans = [self.span(pick) for pick in picks]
        asked = self.projects[who].codebook.attributes_of(spans[0].label)
        named = [each.name for each in asked if each.kind in (AttributeKind.ENTITY, AttributeKind.TEXT)]
        if named:
            ids = [span.id for span in spans if span.label == spans[0].label]
            with self.change(who) as project:
                project.set_attributes(ids, named[picks[0] % len(named)], *([entity] if entity else []))

    @rule(who=WHO, pick=PICK, name=ENTITIES, aliases=st.lists(ENTITIES, max_size=2), what=st.integers(0, 3))
    def edit_entity(self, who: str, pick: int, name: str, aliases: list[str], what: int) -> None:
        known = self.entity(pick)
        with self.change(who) as project:
            if what == 0:
                project.add_entity(name, aliases=aliases)
            elif what == 1:
                project.change_entity(known, name=name)
            elif what == 2:
                project.change_entity(known, aliases=aliases, note=name)
            else:
                project.remove_entity(known, clear_spans=bool(pick % 2))

    @rule(who=WHO, pick=PICK, other=PICK, name=ENTITIES, merge=st.booleans())
    def merge_or_split_entity(self, who: str, pick: int, other: int, name: str, merge: bool) -> None:
        known, into = self.entity(pick), self.entity(other)
        uses = self.projects[who].entities()
        forms = [form for use in uses if use.entity.name == known for form in use.forms][:1]
        with self.change(who) as project:
            if merge:
                project.merge_entities(known, into)
            else:
                project.split_entity(known, name, forms=forms)

    @precondition(lambda self: self.projects["kim"].codebook.attributes)
    @rule(who=WHO, pick=PICK)
    def change_kind(self, who: str, pick: int) -> None:
        """Texts become entities, entities texts."""
        kinds = {AttributeKind.TEXT: AttributeKind.ENTITY, AttributeKind.ENTITY: AttributeKind.TEXT}
        found = [each for each in self.projects[who].codebook.attributes if each.kind in kinds]
        if found:
            each = found[pick % len(found)]
            with self.change(who) as project:
                project.change_attribute(each.label, each.name, kind=kinds[each.kind])

    @rule(who=WHO, state=st.sampled_from(State), document=DOCUMENTS)
    def set_state(self, who: str, state: State, document: str) -> None:
        with self.change(who) as project:
            project.set_state(document, state)

    @rule(who=WHO, note=st.sampled_from([None, "a", "b"]), document=DOCUMENTS)
    def set_document_note(self, who: str, note: str | None, document: str) -> None:
        with self.change(who) as project:
            project.set_document_note(document, note)

    @rule(who=WHO, title=st.sampled_from([None, "a", "b"]), page=st.sampled_from(["", "A 3"]), document=DOCUMENTS)
    def change_document(self, who: str, title: str | None, page: str, document: str) -> None:
        with self.change(who) as project:
            project.change_document(document, title=title, outlet=title, fields={"page": page})

    @rule(who=WHO, documents=st.lists(DOCUMENTS, min_size=1, max_size=2), chance=st.integers(0, 3))
    def delete_documents(self, who: str, documents: list[str], chance: int) -> None:
        if chance == 3:  # else there would hardly ever be a document to work on
            with self.change(who) as project:
                project.delete_documents(*documents)

    @rule(who=WHO, document=DOCUMENTS, what=st.integers(0, 4), at=st.integers(0, 30))
    def revise(self, who: str, document: str, what: int, at: int) -> None:
        with self.change(who) as project:
            project.documents.forget()
            text = project.documents.text(document)
            every = (
                f"New: {text}",
                text[:at] + text[at + 9 :],
                text.replace("more", "few"),
                TEXT,
                text[:at] + "👩" + text[at:],
            )
            report = project.revise(document, every[what])
            assert [span.id for span in project.unplaced(document)] == sorted_ids(project, document, report.unplaced)

    @rule(who=WHO, document=DOCUMENTS, pick=PICK, place=STRETCHES, delete=st.booleans())
    def place_or_delete_what_has_no_place(
        self, who: str, document: str, pick: int, place: tuple[int, int], delete: bool
    ) -> None:
        waiting = self.there(who, document, Project.unplaced)
        if waiting:
            span = waiting[pick % len(waiting)]
            with self.change(who) as project:
                project.delete(span.id) if delete else project.place(span.id, place)

    @rule(who=WHO, name=NAMES, key=st.none() | st.integers(1, 2), pick=PICK)
    def add_label(self, who: str, name: str, key: int | None, pick: int) -> None:
        parent = self.label(pick)
        with self.change(who) as project:
            project.add_label(Label(name, *LOOK, key, parent=parent))

    @rule(who=WHO, pick=PICK, other=PICK, name=NAMES, key=st.none() | st.integers(1, 2), what=st.integers(0, 3))
    def change_label(self, who: str, pick: int, other: int, name: str, key: int | None, what: int) -> None:
        label, parent = self.label(pick), self.label(other)
        every: list[dict[str, Any]] = [
            {"name": name},
            {"key": key},
            {"parent": parent},
            {"parent": None, "guideline": name},
        ]
        with self.change(who) as project:
            project.change_label(label, **every[what])

    @rule(who=WHO, pick=PICK, place=st.integers(0, 5), what=st.integers(0, 3), other=PICK)
    def move_merge_or_remove_label(self, who: str, pick: int, place: int, what: int, other: int) -> None:
        label, into = self.label(pick), self.label(other)
        with self.change(who) as project:
            if what == 0:
                project.merge_labels(label, into)
            elif what == 1:
                project.remove_label(label, delete_spans=bool(place % 2))
            else:
                project.move_label(label, place)

    @rule(who=WHO, pick=PICK, options=OPTIONS, name=NAMES)
    def add_attribute(self, who: str, pick: int, options: tuple[str, ...], name: str) -> None:
        kind = AttributeKind.CHOICES if options else AttributeKind.TEXT
        label = self.label(pick)
        with self.change(who) as project:
            project.add_attribute(AttributeType(label, name, kind, options))

    @precondition(lambda self: self.projects["kim"].codebook.attributes)
    @rule(who=WHO, pick=PICK, options=OPTIONS, what=st.integers(0, 4), name=NAMES)
    def change_attribute(self, who: str, pick: int, options: tuple[str, ...], what: int, name: str) -> None:
        attribute = self.attribute(pick)
        where = attribute.label, attribute.name
        with self.change(who) as project:
            if what == 0:
                project.remove_attribute(*where)
            elif what == 1:
                project.move_attribute(*where, pick % 2)
            elif what == 2 and attribute.options:  # what an option is called, so that spans go along
                first, *rest = attribute.options
                project.change_attribute(*where, options=(f"{first}+", *rest), renamed={first: f"{first}+"})
            elif what == 3 and attribute.options:
                project.change_attribute(*where, options=options)
            else:
                project.change_attribute(*where, name=name, required=True)

    def relations(self) -> list[Relation]:
        return [each for document in ("one", "two") for each in self.there("kim", document, Project.relations)]

    @precondition(lambda self: len(self.spans("kim")) > 1)
    @rule(who=WHO, pick=PICK, other=PICK, kind=PICK)
    def relate(self, who: str, pick: int, other: int, kind: int) -> None:
        """Any two spans with any type, and then two that some type fits: by chance alone that is rare."""
        source, target = self.span(pick), self.span(other)
        book = self.projects["kim"].codebook
        fitting = [each for each in offers(book, source.label, target.label) if source.id != target.id]
        if book.relations:
            with self.change(who) as project:
                project.relate(source.id, book.relations[kind % len(book.relations)].name, target.id)
        if fitting:
            offer = fitting[kind % len(fitting)]
            ends = (source, target) if offer.forward else (target, source)
            with self.change(who) as project:
                project.relate(ends[0].id, offer.type.name, ends[1].id)

    @precondition(lambda self: self.relations())
    @rule(who=WHO, picks=st.lists(PICK, min_size=1, max_size=2), kind=PICK, what=st.integers(0, 3))
    def change_relations(self, who: str, picks: list[int], kind: int, what: int) -> None:
        known, types = self.relations(), self.projects["kim"].codebook.relations
        ids = [known[pick % len(known)].id for pick in picks]
        with self.change(who) as project:
            if what == 0:
                project.unrelate(*ids)
            elif what == 1:
                project.reverse_relation(ids[0])
            else:
                project.change_relation(ids[0], types[kind % len(types)].name)

    @rule(who=WHO, pick=PICK, name=NAMES, what=st.integers(0, 4))
    def relation_types(self, who: str, pick: int, name: str, what: int) -> None:
        label, known = self.label(pick), self.projects["kim"].codebook.relations
        with self.change(who) as project:
            if what == 0 or not known:
                project.add_relation_type(RelationType(name, (label,) if pick % 2 else ()))
            elif what == 1:
                project.change_relation_type(known[pick % len(known)].name, targets=(label,))
            elif what == 2:
                project.remove_relation_type(known[pick % len(known)].name, move_to=known[0].name)
            else:
                project.remove_relation_type(known[pick % len(known)].name, delete_relations=what == 3)

    def finish(self, document: str) -> None:
        for who in ("kim", "lee"):
            with self.change(who) as project:
                project.set_state(document, State.DONE)

    @rule(who=WHO, document=DOCUMENTS, pick=PICK, what=st.integers(0, 6), place=STRETCHES)
    def decide(self, who: str, document: str, pick: int, what: int, place: tuple[int, int]) -> None:
        """Decide on an item: of what both annotators did, or of what one did alone."""
        self.finish(document)
        alone = who if what == 6 else None
        queue = self.there(who, document, lambda project, key: project.review_queue(documents=[key], alone=alone))
        if queue:
            item, label = queue[pick % len(queue)], self.label(pick)
            places = len(item.candidates)
            candidate = pick % places if places else None
            with self.change(who) as project:
                if what in (0, 1, 6):
                    project.decide(item, Action.ACCEPT, candidate=candidate)
                elif what == 2:
                    project.decide(item, Action.REJECT, reason="neither")
                elif what == 3:
                    project.decide(item, Action.DEFER)
                else:
                    project.decide(item, Action.CORRECT, candidate=candidate, label=label, fragments=[place])

    @rule(who=WHO, document=DOCUMENTS, majority=st.booleans())
    def merge(self, who: str, document: str, majority: bool) -> None:
        self.finish(document)
        queue = self.there(who, document, lambda project, key: project.review_queue(documents=[key]))
        with self.change(who) as project:
            project.merge(queue, Rule.MAJORITY if majority else Rule.UNANIMOUS)

    @rule(who=WHO, document=DOCUMENTS, pick=PICK, what=st.integers(0, 3), place=STRETCHES)
    def say_reveal_or_add_gold(self, who: str, document: str, pick: int, what: int, place: tuple[int, int]) -> None:
        label, spans = self.label(pick), [span.id for span in self.spans(who) if span.document == document]
        with self.change(who) as project:
            if what == 0:
                project.comment(document, f"Really? {pick}", spans=spans[:1])
            elif what == 1:
                said = project.comments(document)
                project.delete_comment(said[pick % len(said)].id if said else "none")
            elif what == 2:
                project.reveal(document, review.NAMES if pick % 2 else review.SPANS)
            else:
                project.add_gold(document, label, place)

    @rule(who=WHO, times=st.integers(1, 3))
    def undo(self, who: str, times: int) -> None:
        for _ in range(times):
            self.take_back(self.projects[who].undo, self.undoable[who], self.redoable[who], back=True)

    @rule(who=WHO, times=st.integers(1, 3))
    def redo(self, who: str, times: int) -> None:
        for _ in range(times):
            self.take_back(self.projects[who].redo, self.redoable[who], self.undoable[who], back=False)

    @rule(pick=PICK, other=PICK, what=st.integers(0, 3), who=st.permutations(["kim", "lee"]))
    def undo_what_the_other_built_on(self, pick: int, other: int, what: int, who: list[str]) -> None:
        """One takes a name, key, place or label that the other wants back: by chance alone that is rare."""
        one, two = self.label(pick), self.label(other)
        had = self.projects["kim"].codebook.label(one)
        first: list[Edit] = [
            lambda project: project.change_label(one, key=None if had.key else 9),
            lambda project: project.change_label(one, name=f"{one}'"),
            lambda project: project.change_label(one, parent=None),
            lambda project: project.add_label(Label("new", *LOOK)),
        ]
        then: list[Edit] = [
            lambda project: project.change_label(two, key=had.key or 9),
            lambda project: project.change_label(two, name=one.upper()),
            lambda project: project.change_label(had.parent or two, parent=one),
            lambda project: project.add_relation_type(RelationType("rests on", ("new",))),
        ]
        for each, edit in zip(who, (first[what], then[what]), strict=True):
            with self.change(each) as project:
                edit(project)
        for each in (who[0], who[1], who[0]):
            self.take_back(self.projects[each].undo, self.undoable[each], self.redoable[each], back=True)

    @rule(name=ENTITIES, other=ENTITIES, pick=PICK, what=st.integers(0, 3), who=st.permutations(["kim", "lee"]))
    def undo_an_entity_that_the_other_uses(self, name: str, other: str, pick: int, what: int, who: list[str]) -> None:
        asked = [each for each in self.projects["kim"].codebook.attributes if each.kind is AttributeKind.ENTITY]
        if not asked:
            return
        kind = asked[pick % len(asked)]
        first: list[Edit] = [
            lambda project: project.tag("one", kind.label, 0, 3, attributes={kind.name: name}),
            lambda project: project.add_entity(name),
            lambda project: project.change_entity(self.entity(pick), aliases=()),
            lambda project: project.change_attribute(kind.label, kind.name, kind=AttributeKind.TEXT),
        ]
        then: list[Edit] = [
            lambda project: project.tag("two", kind.label, 0, 3, attributes={kind.name: name}),
            lambda project: project.add_entity(other, aliases=[name]),
        ]
        for each, edit in zip(who, (first[what], then[pick % 2]), strict=True):
            with self.change(each) as project:
                edit(project)
        for each in (who[0], who[1], who[0]):
            self.take_back(self.projects[each].undo, self.undoable[each], self.redoable[each], back=True)

    def take_back(self, act: Callable[[], object], done: list, other: list, *, back: bool) -> None:
        now, number = self.file.rows(), self.file.changes()
        expected, wanted = (done[-1][1], done[-1][0]) if back and done else done[-1] if done else ({}, {})
        as_left = all(now.get(key) == row for key, row in expected.items())
        after = {key: row for key, row in (now | wanted).items() if row is not None}
        if not done or not as_left or not could_be(after, self.file.texts()):
            with pytest.raises(CannotUndo):
                act()
            assert (self.file.rows(), self.file.changes()) == (now, number)
            return
        act()
        assert self.file.rows() == after
        other.append(done.pop())

    @invariant()
    def versions_only_grow(self) -> None:
        if hasattr(self, "projects"):
            for span in self.spans("kim"):
                assert span.version >= self.versions.get(span.id, 1)
                self.versions[span.id] = span.version

    @invariant()
    def both_see_the_same(self) -> None:
        if hasattr(self, "projects"):
            kim, lee = (snapshot(self.projects[who]) for who in ("kim", "lee"))
            assert {content(span) for span in self.spans("kim")} == {content(span) for span in self.spans("lee")}
            assert (kim["codebook"], kim["relations"]) == (lee["codebook"], lee["relations"])

    def history_is_consistent(self) -> None:
        history = self.projects["lee"].history()
        assert [change.number for change in history] == sorted((c.number for c in history), reverse=True)
        assert len({change.id for change in history}) == len(history)
        for who in ("kim", "lee"):
            kinds = [change.kind for change in history if change.annotator == who]
            taken_back = kinds.count(ChangeKind.UNDO) - kinds.count(ChangeKind.REDO)
            assert kinds.count(ChangeKind.DO) - taken_back == len(self.undoable[who])


def sorted_ids(project: Project, document: str, fates: Sequence[SpanFate]) -> list[str]:
    """The ids of the spans that a correction left without a place, in the order in which they are listed."""
    ids = {fate.id for fate in fates}
    return [span.id for span in project.unplaced(document) if span.id in ids]


AnyOrder.TestCase.settings = settings(settings(), max_examples=sequences(), stateful_step_count=25)
TestAnyOrder = AnyOrder.TestCase
