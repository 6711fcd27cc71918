"""Backups of the project, what is checked when it is opened, and the forgetting of its history."""

from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from annotator.domain.backup import Backup
from annotator.errors import EnvironmentFailed, NotAProject, ReadOnly
from annotator.project.base import OpenProject
from annotator.storage import backups, checking, compacting, history, places
from annotator.storage.compacting import Compacted

LARGE = 500
"""Spans written or deleted in one change, from which on a backup is made before it."""


class Safekeeping(OpenProject):
    """The part of Project that keeps it safe."""

    backup_problem: EnvironmentFailed | NotAProject | None = None
    """Why the last backup that the program made by itself could not be made; the work went on."""

    def back_up(self, target: str | Path | None = None, *, force: bool = False) -> Path:
        """Back the project up, to the folder of its backups or to the file `target`; return the file.

        The copy is whole, checked and on the disk. Raises BadArgument where `target` exists (unless `force`),
        NotAProject where the project is damaged, EnvironmentFailed or Busy; then nothing is left behind.
        """
        if target is not None:
            return backups.back_up_to(self._store.connection, self.path, Path(target), force=force)
        return backups.back_up(self._store.connection, self.path)

    def back_up_in_steps(self) -> Generator[Path | None]:
        """Do the same in steps of 20 ms at most, between which the project can be changed; the last is the backup."""
        return backups.back_up_in_slices(self._store.connection, self.path)

    def backups(self) -> list[Backup]:
        """Return the backups of this project, newest first, those that are damaged among them."""
        return list(backups.backups_of(self.path))

    def changed_since_backup(self) -> bool:
        """Return whether the newest backup lacks something, or there is none."""
        newest = next(backups.backups_of(self.path), None)
        with self._store.told():
            return newest is None or backups.newest_change(newest.path) != history.newest(self._store.connection)

    def damage_in_steps(self) -> Iterator[str | None]:
        """Look for damage to the file, one table a step; yields a sentence for what is wrong, else None."""
        return checking.quick_problems(self._store)

    def give_way(self) -> None:
        """End a step of `damage_in_steps` that is under way; it is taken anew. From any thread."""
        self._store.giving_way.ask()

    def back_up_before(self, size: int) -> None:
        """Back up before a change of `size` rows, where that is large and there is something new.

        That it fails is no reason not to work: `backup_problem` says why.
        """
        if size < LARGE or self.read_only:
            return
        try:
            if self.changed_since_backup():
                with closing(self.back_up_in_steps()) as steps:
                    for _ in steps:
                        self._store.under_way.go_on()
            self.backup_problem = None
        except (EnvironmentFailed, NotAProject) as error:
            self.backup_problem = error

    def compact(self, before: str) -> tuple[Compacted, Path]:
        """Forget for good the changes from before the time `before` (UTC, as `domain.time` stores it), after a backup.

        Undo then reaches back to there alone. Returns what was forgotten, and the backup. Raises ReadOnly, Busy or
        another EnvironmentFailed with nothing forgotten.
        """
        if self.read_only:
            raise ReadOnly(f"{self.path.name} can't be written, so its history can't be shortened.")
        backup = self.back_up()
        with self._store.told():
            return compacting.compact(self._store.connection, before), backup

    @property
    def shared_place(self) -> str | None:
        """A name for the place of the file, where that is one to which other machines write too; else None."""
        return places.shared_place(self.path)
