"""What a review and its figures cost where there is much: statements and steps of the database are counted, no time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event

import annotator
from annotator.domain.change import ChangeSet
from annotator.domain.document import State
from annotator.domain.review import Action, ReviewItem
from annotator.project import Project

WORDS = "word " * 400
Making = Callable[..., Project]


@dataclass
class Work:
    """What the database was asked, and how many hundreds of its machine's instructions that took."""

    statements: int = 0
    hundreds: int = 0


@contextmanager
def counted(project: Project) -> Iterator[Work]:
    work, connection = Work(), project._store.connection

    def asked(*_: object) -> None:
        work.statements += 1

    def went_on() -> int:
        work.hundreds += 1
        return 0

    driver = connection.connection.driver_connection
    assert driver
    event.listen(connection, "before_cursor_execute", asked)
    driver.set_progress_handler(went_on, 100)
    try:
        yield work
    finally:
        driver.set_progress_handler(None, 0)
        event.remove(connection, "before_cursor_execute", asked)


@pytest.fixture
def making(tmp_path: Path, request: pytest.FixtureRequest) -> Making:
    """Makes projects of so many documents, in each so many spans of two annotators who have, or haven't, done it."""
    number = iter(range(100))

    def make(documents: int, spans: int, *, done: bool = True, alike: bool = False) -> Project:
        path = tmp_path / f"{next(number)}.annotator"
        files = [path.with_name(f"{path.stem}-{each:03}.txt") for each in range(documents)]
        with annotator.new(path, annotator="setup") as made:
            for each, file in enumerate(files):
                file.write_text(f"{each} {WORDS}", "utf-8")
            made.import_files(files)
        for name in ("kim", "lee"):
            with annotator.open(path, name) as project:
                for document in project.documents:
                    for at in range(spans):
                        label = "claim" if alike or name == "kim" else "quote"
                        project.tag(document.id, label, 10 * at + 4, 10 * at + 8)
                    if done:
                        project.set_state(document.id, State.DONE)
        opened = annotator.open(path, "ruth")
        request.addfinalizer(opened.close)
        return opened

    return make


def decide(project: Project, item: ReviewItem) -> tuple[Work, Work]:
    """Decide on an item, and look at it again: what the one took, and the other."""
    told: list[ChangeSet] = []
    project.subscribe(told.append)
    with counted(project) as deciding:
        project.decide(item, Action.ACCEPT, candidate=0)
    with counted(project) as looking:
        found = project.decided_again([item], [key for key, _ in told[0].decisions])
    assert found is not None
    (again,), gold, gone = found
    assert again == next(each for each in project.review_queue() if each.id == item.id)
    assert ([span.id for span in gold], gone) == ([again.decision.result.span], set())  # type: ignore[union-attr]
    return deciding, looking


def test_a_decision_costs_what_its_item_does_not_its_article(making: Making) -> None:
    short, long = (making(1, spans) for spans in (4, 60))
    for project in (short, long):
        project.decide(project.review_queue()[0], Action.REJECT)  # the first one makes the layer of gold
    (decided, looked), (decided_long, looked_long) = (decide(each, each.review_queue()[2]) for each in (short, long))
    assert (decided_long.statements, looked_long.statements) == (decided.statements, looked.statements)
    assert decided_long.hundreds <= decided.hundreds + 10
    assert looked_long.hundreds <= looked.hundreds + 2


def test_a_change_says_which_decisions_it_wrote_and_on_what(making: Making) -> None:
    project = making(1, 4)
    told: list[ChangeSet] = []
    project.subscribe(told.append)
    one, two, *_ = project.review_queue()
    first = project.decide(one, Action.ACCEPT, candidate=0)
    project.undo()
    project.comment(one.document, "Why?", spans=[one.spans[0].id])
    project.merge([one, two], "majority")  # decides nothing: nobody has a majority
    about = frozenset(span.id for span in one.spans)
    assert [each.decisions for each in told] == [((first.id, about),), ((first.id, about),), ()]


def test_decisions_on_very_many_items_are_not_told_one_by_one(making: Making) -> None:
    project = making(1, 30, alike=True)
    told: list[ChangeSet] = []
    project.subscribe(told.append)
    assert len(project.merge(project.review_queue(), "unanimous")) == 30
    assert [(each.decisions, len(each.review)) for each in told] == [((), 1)]


def test_what_was_decided_on_is_looked_at_whole_where_its_spans_are_gone(making: Making) -> None:
    project = making(1, 4)
    item = project.review_queue()[0]
    with annotator.open(project.path, "kim") as kim:
        kim.delete(item.spans[0].id)
    assert project.decided_again([item], []) is None


def test_the_queue_is_read_many_documents_at_once(making: Making) -> None:
    few, many = making(3, 2), making(12, 2)
    for project in (few, many):
        project.review_queue()  # names and documents are known from now on
    with counted(few) as small:
        assert len(few.review_queue()) == 6
    with counted(many) as large:
        assert len(many.review_queue()) == 24
    assert large.statements == small.statements


def test_figures_are_read_many_documents_at_once(making: Making) -> None:
    for done in (False, True):
        few, many = making(3, 1, done=done), making(12, 1, done=done)
        counts = []
        for project in (few, many):
            list(project.work_steps())
            with counted(project) as work:
                steps = list(project.work_steps())
            assert sum(map(len, steps)) == len(project.documents)
            counts.append(work.statements)
        assert counts[0] == counts[1]


def test_one_document_is_asked_for_alone(making: Making) -> None:
    few, many = making(2, 1), making(12, 1)
    for ask in (
        lambda project: project.finished_by(next(iter(project.documents)).id),
        lambda project: project.hidden_from_review([next(iter(project.documents)).id]),
        lambda project: project.review_queue(documents=[next(iter(project.documents)).id]),
    ):
        works = []
        for project in (few, many):
            ask(project)
            with counted(project) as work:
                ask(project)
            works.append(work)
        assert works[1].hundreds <= works[0].hundreds + 1
