"""Annotate text. This module is the scripting interface: `open` and `new` give a Project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathlib
    from pathlib import Path

    from annotator.domain.backup import Backup
    from annotator.domain.codebook import Codebook
    from annotator.domain.first_look import FirstLook
    from annotator.project import Project

__version__ = "0.1.0"
__all__ = ["__version__", "backups", "check_file", "new", "open", "restore"]


def open(path: str | Path, annotator: str | None = None) -> Project:
    """Open a project file for `annotator` (default: the one it was handed out to, the name in the settings, else the
    login name).

    Raises NotFound, NotAProject, BadContent (damaged, newer) or EnvironmentFailed. A file that can't be written is
    opened read-only (`project.read_only`). Use the project from one thread, and close it: it is a context manager.
    """
    from annotator.project import Project

    return Project.open(path, annotator)


def new(
    path: str | Path,
    *,
    codebook: Codebook | None = None,
    sample: bool = False,
    annotator: str | None = None,
    force: bool = False,
) -> Project:
    """Make a project file and open it; with `sample`, the five articles of the sample corpus are in it.

    Raises BadArgument where the file exists (unless `force`) or its folder doesn't, EnvironmentFailed where it can't be
    written. Nothing is left behind on an error.
    """
    from annotator.project import Project

    return Project.new(path, codebook=codebook, sample=sample, annotator=annotator, force=force)


def backups(path: str | Path) -> list[Backup]:
    """Return the backups of the project at `path`, newest first; the project itself may be damaged or gone."""
    import pathlib

    from annotator.storage import backups

    return list(backups.backups_of(pathlib.Path(path).absolute()))


def restore(backup: str | Path, path: str | Path) -> pathlib.Path | None:
    """Put a copy of `backup` in the place of the project at `path`; return the file that keeps what it replaced.

    Raises NotFound or NotAProject where the backup isn't whole, Busy where another program has the project open for
    writing (as far as that can be seen), BadArgument or EnvironmentFailed; then nothing is changed.
    """
    import pathlib

    from annotator.storage import restoring

    return restoring.restore(pathlib.Path(backup), pathlib.Path(path))


def check_file(path: str | Path) -> None:
    """Raise what `open` would raise for a file that can't be a project of ours, from a look at its first bytes."""
    import pathlib

    from annotator.storage import header

    header.check(pathlib.Path(path).absolute())


def first_look(path: str | Path, document: str = "", annotator: str | None = None) -> FirstLook | None:
    """Return what a first page shows of the project at `path`, in a tenth of the time that opening it takes.

    None where that can't be told at once: `open` then says what is the matter.
    """
    import pathlib

    from annotator.storage import first_look as looking

    return looking.look(pathlib.Path(path).absolute(), document, annotator)
