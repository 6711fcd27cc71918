"""Where things lie: what ships with the program, and the user's own folders."""

from functools import cache
from pathlib import Path

import appdirs

_PACKAGE = Path(__file__).parent
_NAME = "annotator"


def _shipped(name: str) -> Path:
    """A wheel carries the folder inside the package as `_name`; in a checkout it stands beside the package."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


@cache
def resources() -> Path:
    """The folder with icons, themes, schemas and help pages."""
    return _shipped("resources")


@cache
def seeds() -> Path:
    """The folder of the sample corpus, with its `manifest.json`."""
    return _shipped("seeds")


def user_data() -> Path:
    """The user's data folder, where the sample project is made. It may not exist yet."""
    return Path(appdirs.user_data_dir(_NAME, appauthor=False))


def user_config() -> Path:
    """The folder of the settings. It may not exist yet."""
    return Path(appdirs.user_config_dir(_NAME, appauthor=False))


def user_log() -> Path:
    """The folder of the log. It may not exist yet."""
    return Path(appdirs.user_log_dir(_NAME, appauthor=False))
