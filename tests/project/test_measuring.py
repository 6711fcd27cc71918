"""What a project gives for its figures: who did what, and the material that agreement is measured on."""

import io
from collections.abc import Iterator
from pathlib import Path

import annotator
from annotator.agreement import apart
from annotator.agreement.answers import Measured, Request
from annotator.domain.document import State
from annotator.domain.review import GOLD
from annotator.project import Project
from annotator.project.measuring import Question, Worked, answered, asked


def work(project: Project, documents: list[str] | None = None) -> list[Worked]:
    return [each for part in project.work_steps(documents) for each in part]


def pair(path: Path, *, lee_done: bool = True) -> str:
    """Two annotators in the first document of the sample, one span alike and one apart; return the document's id."""
    with annotator.new(path, sample=True, annotator="kim") as project:
        document = next(iter(project.documents)).id
        project.tag(document, "claim", 0, 10)
        project.tag(document, "actor", 20, 30)
        project.set_state(document, State.DONE)
    with annotator.open(path, "lee") as project:
        project.tag(document, "claim", 0, 10)
        if lee_done:
            project.set_state(document, State.DONE)
    return document


def test_each_document_says_who_did_what(tmp_path: Path) -> None:
    path = tmp_path / "a.annotator"
    document = pair(path, lee_done=False)
    with annotator.open(path, "kim") as project:
        first, *others = work(project)
        assert first.spans == {"kim": {"claim": 1, "actor": 1}, "lee": {"claim": 1}}
        assert first.states == {"kim": State.DONE}
        assert (first.done, first.material) == (("kim",), b"")
        assert len(others) == 4
        assert all(not each.spans and not each.done for each in others)
        assert [each.document.id for each in work(project, [document, "gone"])] == [document]


def test_the_material_measures_as_the_project_does(tmp_path: Path) -> None:
    path = tmp_path / "a.annotator"
    pair(path)
    with annotator.open(path, "kim") as project:
        question = Question("f1-type", ("kim", "lee"), tuple(work(project)), project.codebook)
        buffer = bytearray(b"".join(map(apart.framed, apart.answers(_opened(asked(question))))))
        found = [each.figure for each in answered(buffer) if isinstance(each, Measured) and not each.scope]
        expected = project.agreement("f1-type") + project.agreement(
            "f1-type", [label.name for label in project.codebook]
        )
        assert found == expected


def test_gold_is_material_only_where_all_is_decided(tmp_path: Path) -> None:
    path = tmp_path / "a.annotator"
    document = pair(path)
    with annotator.open(path, "ruth") as project:
        items = project.review_queue()
        project.decide(items[0], "accept", candidate=0)
        assert work(project, [document])[0].reviewed == b""
        project.decide(items[1], "reject")
        (worked,) = work(project, [document])
        assert worked.spans[GOLD] == {"claim": 1}
        question = Question("f1-strict", (), (worked,), project.codebook, ("kim", "lee"))
        found = [each for each in apart.answers(_opened(asked(question))) if isinstance(each, Measured)]
        measured = {each.figure.annotators: each.figure.value for each in found if each.figure.label is None}
        expected = {each.annotators: each.value for each in project.agreement("f1-strict", gold=True)}
        assert measured == expected == {("kim", GOLD): 2 / 3, ("lee", GOLD): 1.0}


def _opened(pieces: Iterator[bytes]) -> Request:
    return apart.opened(io.BytesIO(b"".join(pieces)))
