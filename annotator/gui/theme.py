"""The colours of the window: tokens by name for a light and a dark theme, and a style for each label.

A theme is a file, in which labels are keyed by the colour that the codebook stores: the line on a light ground. It is
JSON, which settings need too: the reader of TOML took 4 ms of every start.
"""

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from annotator import paths
from annotator.gui import colour as colours

if TYPE_CHECKING:  # a frame is painted without labels
    from annotator.domain.codebook import Label, LineForm

NAMES = ("light", "dark")
TOKENS = frozenset(
    [
        "surface",
        "panel",
        "window",
        "hover",
        "pressed",
        "line",
        "line2",
        "control",
        "text",
        "text2",
        "text3",
        "icon",
        "accent",
        "focus",
        "accent-hover",
        "accent-pressed",
        "on-accent",
        "accent-soft",
        "select",
        "select-idle",
        "match",
        "match-now",
        "ok",
        "ok-soft",
        "warn",
        "warn-soft",
        "danger",
        "danger-soft",
        "heat-0",
        "heat-1",
        "heat-2",
        "heat-3",
        "heat-4",
    ]
)
LINE_CONTRAST = 3.0

# OKLCH lightness and chroma that a user's own hue is given (look.md, "Labels"), by dark or not.
_TINT = {False: (0.958, 0.030), True: (0.285, 0.034)}
_STRONG = {False: (0.925, 0.052), True: (0.345, 0.050)}
_CHIP_TEXT = {False: (0.36, 0.10), True: (0.89, 0.07)}


@dataclass(frozen=True)
class LabelStyle:
    """How one label looks in one theme: what text view, lists, buttons and charts paint with."""

    name: str
    letter: str
    form: "LineForm"
    line: QColor
    tint: QColor
    strong: QColor
    chip_text: QColor


@dataclass(frozen=True)
class LabelColours:
    """The four colours of a label in one theme."""

    line: QColor
    tint: QColor
    strong: QColor
    chip_text: QColor


@dataclass(frozen=True)
class Theme:
    """The colour tokens of look.md by name ("surface", "text3", "accent-soft", …).

    `labels` holds the hand-tuned colours by the codebook's colour in upper case ("#B8730E").
    """

    name: str
    dark: bool
    tokens: Mapping[str, QColor]
    labels: Mapping[str, LabelColours] = field(default_factory=dict)

    @staticmethod
    def load(name: str) -> "Theme":
        """Return the theme `light` or `dark`; the same object each time. Raises ValueError if its file is wrong."""
        return _load(name)

    def colour(self, token: str) -> QColor:
        return self.tokens[token]

    def label_style(self, label: "Label") -> LabelStyle:
        """Return the label's style: the tuned colours if it has one of the ten, else colours made from its hue."""
        own = self.labels.get(label.colour.upper()) or derived(label.colour, dark=self.dark)
        return LabelStyle(label.name, label.letter, label.line_form, own.line, own.tint, own.strong, own.chip_text)


class LabelStyles(dict[str, LabelStyle]):
    """The styles of a codebook's labels by name. A name that is not there (yet) gets a plain grey one."""

    def __init__(self, labels: "Iterable[Label]", theme: Theme) -> None:
        super().__init__({label.name: theme.label_style(label) for label in labels})
        self._theme = theme

    def __missing__(self, name: str) -> LabelStyle:
        from annotator.domain.codebook import Label, LineForm

        grey = Label(name, name[:1].upper() or "?", "#6A6A64", LineForm.SOLID)
        self[name] = self._theme.label_style(grey)
        return self[name]


@functools.lru_cache(maxsize=256)
def derived(colour: str, *, dark: bool) -> LabelColours:
    """Return label colours for any `#RRGGBB`: of its hue, the line as near to it as 3:1 on the strong tint allows."""
    own = QColor(colour)
    if not own.isValid():
        raise ValueError(f"{colour!r} is not a colour: #RRGGBB is wanted.")
    hue, share = colours.hue_and_share(own)

    def made(recipe: Mapping[bool, tuple[float, float]]) -> QColor:
        lightness, chroma = recipe[dark]
        return colours.from_oklch(lightness, chroma * share, hue)

    strong = made(_STRONG)
    line = colours.moved_to_contrast(own, strong, LINE_CONTRAST, darker=not dark)
    return LabelColours(line, made(_TINT), strong, made(_CHIP_TEXT))


@functools.lru_cache(maxsize=len(NAMES))
def _load(name: str) -> Theme:
    if name not in NAMES:
        raise ValueError(f"There is no theme {name!r}, only {' and '.join(NAMES)}.")
    data = json.loads((paths.resources() / "themes" / f"{name}.json").read_text("utf-8"))
    if wrong := TOKENS.symmetric_difference(data["tokens"]):
        raise ValueError(f"The theme {name!r} lacks, or has beyond those known: {', '.join(sorted(wrong))}.")
    labels = {key: LabelColours(*(QColor(c[part]) for part in _PARTS)) for key, c in data["labels"].items()}
    return Theme(name, data["dark"], {key: QColor(value) for key, value in data["tokens"].items()}, labels)


_PARTS = ("line", "tint", "strong", "chip-text")
