"""The two typefaces of the window: the interface's, which is the system's, and the one that documents are read in."""

import functools
import importlib.util
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

BASE = 13
"""The interface size (px) that all measures of the design assume; they scale with the real one."""

_GENERIC = {"Sans Serif", "Sans", "sans-serif", "MS Shell Dlg 2", ""}
_INTERFACE = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "DejaVu Sans")
_READING = ("Source Serif 4", "Source Serif Pro", "Charter", "Georgia", "Noto Serif")
_PACKAGE = "font_source_serif_pro"
_FACES = ("Regular", "It", "Semibold", "SemiboldIt")


class _Measured:
    """The interface font as it was last seen, and how large it is."""

    font: QFont | None = None
    scale = 1.0


_measured = _Measured()


def interface_font() -> QFont:
    """Return the system's interface font, figures of one width.

    A bare machine without desktop settings names only an alias, which gives whatever font sorts first: there a well
    made one is taken, in 13 px. Call it once the application exists.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family() in _GENERIC:
        installed = set(QFontDatabase.families())
        family = next((name for name in _INTERFACE if name in installed), None)
        if family:
            font = QFont(family)
            font.setPixelSize(BASE)
    return tabular(font)


def tabular(font: QFont) -> QFont:
    """Return `font` with figures of one width, so that counts in a column stay in line."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def ui(size: float = BASE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font at `size`, px of the design, scaled as the system's size asks."""
    font = QGuiApplication.font()
    font.setPixelSize(max(8, round(size * scale())))
    font.setWeight(weight)
    return font


def scale() -> float:
    """Return how much larger than 13 px the interface font is."""
    font = QGuiApplication.font()
    if font != _measured.font:  # a window asks some thousand times while it is painted
        _measured.font, _measured.scale = font, max(0.75, QFontInfo(font).pixelSize() / BASE)
    return _measured.scale


def px(measure: float) -> int:
    """Return a measure of the design, px at 13 px font size, scaled to the interface font."""
    return round(measure * scale())


def reading_font(size: int = 18, *, sans: bool = False) -> QFont:
    """Return the font for documents and quoted text at `size` px."""
    if sans:
        font = QFont(QGuiApplication.font())
    else:
        font = QFont(reading_family())
        font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(size)
    return font


@functools.cache
def reading_family() -> str:
    """Return the serif family to read in: the optional package's, else the best installed, else the system's serif."""
    if packaged := _packaged_family():
        return packaged
    installed = set(QFontDatabase.families())
    return next((name for name in _READING if name in installed), "serif")


def _packaged_family() -> str | None:
    """Register the faces of the package font-source-serif-pro, if it is installed; return the family's name."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "files"
    numbers = [QFontDatabase.addApplicationFont(str(folder / f"SourceSerifPro-{face}.otf")) for face in _FACES]
    families = [name for number in numbers if number >= 0 for name in QFontDatabase.applicationFontFamilies(number)]
    return next((name for name in families if name == "Source Serif Pro"), families[0] if families else None)
