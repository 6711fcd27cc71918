"""Folders that are imported: the files in them that can be read, in order, each once however links run."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.errors import BadArgument, EnvironmentFailed
from annotator.formats import registry

MOST_FILES = 10_000
"""Files of one import."""


def expand(paths: Sequence[str | Path]) -> tuple[list[Path], list[str]]:
    """Return the files that `paths` name, those in folders included at any depth, and what is to be said of the rest.

    In a folder, hidden files and those of other kinds are passed over. Raises BadArgument for too many files.
    """
    files: list[Path] = []
    others: Counter[str] = Counter()
    for path in map(Path, paths):
        if _is_folder(path):
            files += _walked(path, others, MOST_FILES - len(files))
        else:
            files.append(path)
        if len(files) > MOST_FILES:
            raise BadArgument(f"That is over {MOST_FILES:,} files, the most for one import. Take one folder at a time.")
    return files, _said(others)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # told when it is read
        return False


def _walked(folder: Path, others: Counter[str], most: int) -> list[Path]:
    found: list[Path] = []
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        folders: list[Path] = []
        for entry, is_folder in _entries(here, seen):
            if is_folder:
                folders.append(entry)
            elif registry.of_ending(entry.name):
                found.append(entry)
            else:
                others[entry.suffix.lower() or "without an ending"] += 1
        waiting += reversed(folders)
        if len(found) > most:
            break
    return found


def _entries(folder: Path, seen: set[tuple[int, int]]) -> Iterable[tuple[Path, bool]]:
    """Return what is in a folder, by name, and whether it is a folder; nothing of one that was seen already."""
    try:
        where = folder.stat()
        if (where.st_dev, where.st_ino) in seen:
            return []
        seen.add((where.st_dev, where.st_ino))
        with os.scandir(folder) as entries:
            shown = sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)
        return [(folder / each.name, each.is_dir()) for each in shown if each.is_dir() or each.is_file()]
    except OSError as error:
        raise EnvironmentFailed(f"The folder {folder} can’t be read: {error.strerror}.") from error


def _said(others: Counter[str]) -> list[str]:
    if not others:
        return []
    kinds = ", ".join(f"{count:,} {ending}" for ending, count in others.most_common(6))
    more = f" and {len(others) - 6} more kinds" if len(others) > 6 else ""
    return [f"Files of other kinds in the folders were passed over: {kinds}{more}."]
