"""The user's settings: one small JSON file that the window writes and the command line reads.

Each setting is declared once, below, with its default. A setting of another type than its default is ignored, so that a
file from elsewhere does no harm.
"""

import contextlib
import getpass
import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from annotator import paths


@dataclass(frozen=True)
class Settings:
    """Everything that is remembered from one start to the next.

    `theme` is "system", "light" or "dark"; `reading_px` the size of the text; `geometry` and `panels` are Qt's own
    bytes, base64; `annotator` empty means the login name; `warned_folders` are those, one a line, of which it was said
    and read that other machines write to them.
    """

    annotator: str = ""
    last_project: str = ""
    last_document: str = ""
    theme: str = "system"
    reading_px: int = 18
    reading_sans: bool = False
    snap: bool = True
    all_relations: bool = False
    geometry: str = ""
    panels: str = ""
    warned_folders: str = ""

    @classmethod
    def load(cls, file: Path | None = None) -> Self:
        """Read the settings; a missing or unreadable file gives the defaults."""
        try:
            stored = json.loads((file or settings_file()).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return cls()
        if not isinstance(stored, dict):
            return cls()
        kept = {f.name: stored[f.name] for f in fields(cls) if type(stored.get(f.name)) is type(f.default)}
        return cls(**kept)

    def save(self, file: Path | None = None) -> None:
        """Write the settings, whole or not at all; a folder that can't be written is no reason to stop work."""
        target = file or settings_file()
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            # In ASCII, since the name of a file may hold bytes that are no UTF-8 (lone surrogates to Python).
            temporary.write_text(json.dumps(asdict(self), indent=1), "ascii")
            temporary.replace(target)

    def changed(self, **values: Any) -> Self:
        """Return the settings with some of them changed."""
        return replace(self, **values)


def settings_file() -> Path:
    """The file that holds the settings."""
    return paths.user_config() / "settings.json"


def default_annotator() -> str:
    """Return the name whose spans these are: the one in the settings, else the login name."""
    if name := Settings.load().annotator.strip():
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name on this machine: a container with a bare user id
        return "annotator"
