"""A sample project and a way to call the program as the shell does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.__main__ import main
from tests.ready import ready


@dataclass(frozen=True)
class Outcome:
    """What a call gave."""

    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        assert (self.code, self.error) == (0, "")
        return json.loads(self.out)


Call = Callable[..., Outcome]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the program in this process."""
    monkeypatch.setenv("TZ", "UTC")

    def run(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A project with the five articles."""
    return ready(tmp_path / "study.annotator", _make_sample)


def _make_sample(path: Path) -> None:
    annotator.new(path, sample=True, annotator="kim").close()
