"""How the window opens a project: in the project's thread, a damaged one with the backups that there are of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import annotator
from annotator import paths
from annotator.errors import NotAProject

if TYPE_CHECKING:
    from annotator.domain.backup import Backup
    from annotator.project import Project


class CannotOpen(NotAProject):
    """A file that is damaged or no project, with the backups that there are of it."""

    def __init__(self, error: NotAProject, path: Path, backups: "list[Backup]") -> None:
        super().__init__(str(error))
        self.path, self.backups = path, backups


def open_file(path: str | Path, name: str | None = None) -> "Project":
    """Open a project; called in the project's thread. Raises CannotOpen for a damaged one, else as `annotator.open`."""
    try:
        return annotator.open(path, name)
    except NotAProject as error:
        raise CannotOpen(error, Path(path), annotator.backups(path)) from error


def sample_path() -> Path:
    """Where a user's own copy of the sample project lies."""
    return paths.user_data() / "sample.annotator"


def open_sample() -> "Project":
    """Open the sample project, made on first use. Called in the project's thread."""
    path = sample_path()
    if path.exists():
        return open_file(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return annotator.new(path, sample=True)
