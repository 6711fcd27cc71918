"""What nobody waits for ends when somebody needs the project, and nothing else does."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

import annotator
from annotator.project import Project
from annotator.storage.giving_way import GivingWay

MINUTES = "with recursive n(x) as (select 1 union all select x + 1 from n limit 9000000000) select count(*) from n"


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with annotator.open(file, "kim") as opened:
        yield opened


def test_a_long_statement_ends_when_it_is_asked_to_and_the_next_does_not(project: Project) -> None:
    connection = project._store.connection
    asked = threading.Timer(0.05, project.give_way)
    asked.start()
    began = time.monotonic()
    assert project._store.giving_way.attempt(lambda: connection.exec_driver_sql(MINUTES).scalar_one()) is None
    assert time.monotonic() - began < 20
    asked.join()
    assert connection.exec_driver_sql("select 1").scalar_one() == 1
    assert project._store.giving_way.attempt(lambda: connection.exec_driver_sql("select 2").scalar_one()) == 2


def test_what_somebody_waits_for_is_never_ended(project: Project) -> None:
    stop, document = threading.Event(), next(iter(project.documents)).id

    def ask() -> None:
        while not stop.is_set():
            project.give_way()

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        spans = [project.tag(document, "claim", 0, 4 + number % 3) for number in range(40)]
        for _ in zip(range(40), project.damage_in_steps(), strict=False):
            spans.append(project.tag(document, "quote", 0, 4))
    finally:
        stop.set()
        asking.join()
    assert {span.id for span in project.spans(document)} >= {span.id for span in spans}


def test_another_fault_is_not_taken_for_giving_way(project: Project) -> None:
    with pytest.raises(OperationalError):
        project._store.giving_way.attempt(lambda: project._store.connection.exec_driver_sql("select no_such_column"))


def test_a_table_whose_check_gave_way_is_checked_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt, gave_way, checked = GivingWay.attempt, [True, True], list[object]()

    def attempting(self: GivingWay, run: Callable[[], Any]) -> object:
        if gave_way:
            gave_way.pop()
            return None
        checked.append(attempt(self, run))
        return checked[-1]

    monkeypatch.setattr(GivingWay, "attempt", attempting)
    steps = list(project.damage_in_steps())
    assert set(steps) == {None}
    assert set(checked) == {"ok"}
    monkeypatch.undo()
    assert len(list(project.damage_in_steps())) == len(steps) - 2
