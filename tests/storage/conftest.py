"""A project file with a document, spans, states and a history, which nobody has open."""

from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State

TEXT = "Before the vote, nobody knew.\nThen “everybody” did: 👩\u200d💻.\n" * 40


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of such a project."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "one.txt").write_text(TEXT, "utf-8")
    with annotator.new(folder / "study.annotator", annotator="kim") as project:
        project.import_file(folder / "one.txt")
        spans = project.tag_all("claim", [("one", at, at + 20) for at in range(60)])
        project.retag(spans[0].id, "quote")
        project.resize(spans[1].id, (3, 9), (12, 20))
        project.delete(spans[2].id, spans[3].id)
        project.set_state("one", State.DONE)
        project.undo()
    return (folder / "study.annotator").read_bytes()


@pytest.fixture
def file(tmp_path: Path, made: bytes) -> Path:
    """The project in a file of its own."""
    path = tmp_path / "study.annotator"
    path.write_bytes(made)
    return path
