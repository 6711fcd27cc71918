"""The example annotations come into the sample as one change, beside whatever a person did there."""

from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from annotator.domain.review import Kind
from annotator.project import Project
from tests.project.snapshots import snapshot

FIRST = "000_e6868b451969a881"


@pytest.fixture
def sample(tmp_path: Path) -> Project:
    """The sample, in which its annotator has a span and has marked the first article done."""
    project = annotator.new(tmp_path / "sample.annotator", sample=True, annotator="kim")
    project.tag(FIRST, "claim", 0, 30)
    project.set_state(FIRST, State.DONE)
    return project


def test_two_people_are_done_with_all_five_articles_and_differ_in_every_way(sample: Project) -> None:
    with sample as project:
        before = snapshot(project)
        report = project.take_examples()
        assert report.annotators == ("Ana Ruiz", "Ben Okafor")
        assert not report.refused
        assert not report.documents
        assert all(each.what == "entity" for each in report.codebook)
        assert {project.finished_by(each.id) for each in project.documents if each.id != FIRST} == {report.annotators}
        assert {item.kind for item in project.review_queue()} == set(Kind) - {Kind.SINGLE, Kind.WITHDRAWN}
        assert project.check() == []
        assert project.undo().name == "take work of 2 annotators"
        assert snapshot(project) == before


def test_a_second_time_changes_nothing(sample: Project) -> None:
    with sample as project:
        project.take_examples()
        before, changes = snapshot(project), len(project.history())
        assert project.take_examples().empty
        assert (snapshot(project), len(project.history())) == (before, changes)


def test_only_a_project_with_all_articles_is_the_sample(sample: Project, tmp_path: Path) -> None:
    with sample as project:
        assert project.has_sample()
        project.revise(FIRST, "Corrected. " + project.documents.text(FIRST))
        assert not project.has_sample()
    with annotator.new(tmp_path / "other.annotator") as other:
        assert not other.has_sample()
