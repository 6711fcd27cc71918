"""Two annotators do, undo and redo anything in any order; a simple model says what must come out."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import annotator
from annotator.domain.change import ChangeKind
from annotator.domain.document import State
from annotator.domain.span import Span
from annotator.errors import CannotUndo
from annotator.project import Project
from tests.project.conftest import OTHER, TEXT
from tests.project.snapshots import Seen, content, snapshot

WHO = st.sampled_from(["kim", "lee"])
LABELS = st.sampled_from(["claim", "quote", "actor"])
STRETCHES = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda drawn: (drawn[0], sum(drawn)))
PICK = st.integers(0, 1000)

Rows = dict[str, Seen | None]  # each span, or state of a document, that a change wrote; None where there is none


class AnyOrder(RuleBasedStateMachine):
    """Keeps, of each change, the rows before and after: undo must give the one, redo the other, or be refused."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "study.annotator"
        with annotator.new(self.file, annotator="setup") as project:
            for name, text in (("one.txt", TEXT), ("two.txt", OTHER * 3)):
                (self.file.parent / name).write_text(text, "utf-8")
                project.import_file(self.file.parent / name)
        self.projects = {name: annotator.open(self.file, name) for name in ("kim", "lee")}
        self.undoable: dict[str, list[tuple[Rows, Rows]]] = {"kim": [], "lee": []}
        self.redoable: dict[str, list[tuple[Rows, Rows]]] = {"kim": [], "lee": []}
        self.versions: dict[str, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "projects"):
            assert self.projects["kim"].check() == []
            self.history_is_consistent()
            for project in self.projects.values():
                project.close()
            self.folder.cleanup()

    def rows(self) -> Rows:
        kim = self.projects["kim"]
        spans: Rows = {span.id: content(span) for document in ("one", "two") for span in kim.spans(document)}
        states: Rows = {
            f"{name} {status.document.id}": (status.state,)
            for name, project in self.projects.items()
            for status in project.statuses()
            if not status.spans
        }
        return spans | states

    def everything(self) -> list[object]:
        """What each of the two sees, and how long the history is."""
        return [(snapshot(project), len(project.history())) for project in self.projects.values()]

    def spans(self, who: str) -> list[Span]:
        return sorted(self.projects[who].spans("one") + self.projects[who].spans("two"), key=lambda span: span.created)

    @contextmanager
    def change(self, who: str) -> Iterator[Project]:
        """Note what a change of this annotator's does, if it does anything."""
        project = self.projects[who]
        before, number = self.rows(), len(project.history())
        yield project
        if len(project.history()) > number:
            after = self.rows()
            touched = [key for key in before | after if before.get(key) != after.get(key)]
            done = {key: before.get(key) for key in touched}, {key: after.get(key) for key in touched}
            self.undoable[who].append(done)
            self.redoable[who].clear()

    @rule(who=WHO, label=LABELS, place=STRETCHES, document=st.sampled_from(["one", "two"]))
    def tag(self, who: str, label: str, place: tuple[int, int], document: str) -> None:
        with self.change(who) as project:
            project.tag(document, label, *place, note=f"by {who}")

    @rule(who=WHO, label=LABELS, places=st.lists(STRETCHES, min_size=1, max_size=4))
    def tag_all(self, who: str, label: str, places: list[tuple[int, int]]) -> None:
        with self.change(who) as project:
            project.tag_all(label, [("one", *place) for place in places])

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, label=LABELS, pick=PICK)
    def retag(self, who: str, label: str, pick: int) -> None:
        with self.change(who) as project:
            spans = self.spans(who)
            project.retag(spans[pick % len(spans)].id, label)

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, places=st.lists(STRETCHES, min_size=1, max_size=3), pick=PICK)
    def resize(self, who: str, places: list[tuple[int, int]], pick: int) -> None:
        spans = self.spans(who)
        span = spans[pick % len(spans)]
        project = self.projects[who]
        # Another label first, so that no resize joins the one before: joining has tests of its own.
        with self.change(who):
            project.retag(span.id, "policy recommendation" if span.label != "policy recommendation" else "claim")
        with self.change(who):
            project.resize(span.id, *places)

    @precondition(lambda self: self.spans("kim"))
    @rule(who=WHO, picks=st.lists(PICK, min_size=1, max_size=3))
    def delete(self, who: str, picks: list[int]) -> None:
        with self.change(who) as project:
            spans = self.spans(who)
            project.delete(*(spans[pick % len(spans)].id for pick in picks))

    @rule(who=WHO, state=st.sampled_from(State), document=st.sampled_from(["one", "two"]))
    def set_state(self, who: str, state: State, document: str) -> None:
        with self.change(who) as project:
            project.set_state(document, state)

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.take_back(self.projects[who].undo, self.undoable[who], self.redoable[who], back=True)

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        self.take_back(self.projects[who].redo, self.redoable[who], self.undoable[who], back=False)

    def take_back(self, act: Callable[[], object], done: list, other: list, *, back: bool) -> None:
        before = self.everything()
        now = self.rows()
        if not done:
            wanted = None
        else:
            expected, wanted = (done[-1][1], done[-1][0]) if back else done[-1]
            if any(now.get(key) != row for key, row in expected.items() if " " not in key):
                wanted = None  # somebody changed one of the spans since
        if wanted is None:
            with pytest.raises(CannotUndo):
                act()
            assert self.everything() == before
            return
        act()
        after_rows = self.rows()
        spans = {key: row for key, row in wanted.items() if " " not in key}
        assert {key: after_rows.get(key) for key in spans} == spans
        untouched = {key for key in now if " " not in key} - set(spans)
        assert {key: now[key] for key in untouched} == {key: after_rows.get(key) for key in untouched}
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
            assert {content(span) for span in self.spans("kim")} == {content(span) for span in self.spans("lee")}

    def history_is_consistent(self) -> None:
        history = self.projects["lee"].history()
        assert [change.number for change in history] == sorted((c.number for c in history), reverse=True)
        assert len({change.id for change in history}) == len(history)
        for who in ("kim", "lee"):
            kinds = [change.kind for change in history if change.annotator == who]
            taken_back = kinds.count(ChangeKind.UNDO) - kinds.count(ChangeKind.REDO)
            assert kinds.count(ChangeKind.DO) - taken_back == len(self.undoable[who])


AnyOrder.TestCase.settings = settings(max_examples=15, stateful_step_count=25)
TestAnyOrder = AnyOrder.TestCase
