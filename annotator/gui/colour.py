"""Colour arithmetic: contrast after WCAG 2, and OKLCH, in which a user's own colour becomes a label's tints."""

import math

from PySide6.QtGui import QColor

Rgb = tuple[float, float, float]

_GREY = 0.02  # below this chroma a colour has no hue worth keeping
_STEP = 0.005


def linear(channel: float) -> float:
    """Return a gamma-encoded sRGB channel (0 to 1) as linear light, after IEC 61966-2-1."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def encoded(light: float) -> float:
    """The inverse of `linear`."""
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def luminance(colour: QColor) -> float:
    """Return the relative luminance (0 to 1) after WCAG 2.2."""
    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio (1 to 21) after WCAG 2.2, whichever colour is the lighter."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def to_oklch(colour: QColor) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (degrees) after Ottosson 2020 (bottosson.github.io/posts/oklab)."""
    r, g, b = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b2 = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b2), math.degrees(math.atan2(b2, a)) % 360


def _oklch_light(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def from_oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """Return the sRGB colour; where sRGB has none so colourful, the most colourful of that lightness and hue."""
    low, high = 0.0, chroma
    if not _in_gamut(_oklch_light(lightness, chroma, hue)):
        while high - low > 0.0005:
            middle = (low + high) / 2
            low, high = (middle, high) if _in_gamut(_oklch_light(lightness, middle, hue)) else (low, middle)
        chroma = low
    red, green, blue = (
        round(255 * encoded(min(1.0, max(0.0, light)))) for light in _oklch_light(lightness, chroma, hue)
    )
    return QColor(red, green, blue)


def _in_gamut(light: Rgb) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in light)


def hue_and_share(colour: QColor) -> tuple[float, float]:
    """Return the hue (degrees) and 1, or 0 for a grey, by which a recipe's chroma is to be multiplied."""
    _, chroma, hue = to_oklch(colour)
    return hue, 0.0 if chroma < _GREY else 1.0


def moved_to_contrast(colour: QColor, ground: QColor, needed: float, *, darker: bool) -> QColor:
    """Return `colour`, its OKLCH lightness moved as little as `needed` contrast with `ground` asks for."""
    lightness, chroma, hue = to_oklch(colour)
    moved = colour
    end = 0.0 if darker else 1.0
    while contrast(moved, ground) < needed and lightness != end:
        lightness = max(0.0, lightness - _STEP) if darker else min(1.0, lightness + _STEP)
        moved = from_oklch(lightness, chroma, hue)
    return moved
