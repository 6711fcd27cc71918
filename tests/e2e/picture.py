"""Saves a picture of a part of the screen, in a process of its own: picture.py FILE X Y WIDTH HEIGHT (pixels)."""

import sys

from PySide6.QtGui import QGuiApplication


def main(path: str, *rectangle: str) -> None:
    application = QGuiApplication([])
    picture = application.primaryScreen().grabWindow(0, *map(int, rectangle))
    if picture.isNull() or not picture.save(path):
        sys.exit(f"no picture of the screen could be saved to {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
