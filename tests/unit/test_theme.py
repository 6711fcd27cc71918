"""The colours keep the contrasts that the design promises, for the tuned labels and for any colour a user picks."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.domain.codebook import Label, LineForm
from annotator.domain.default_codebook import DEFAULT
from annotator.gui import style
from annotator.gui.colour import contrast, from_oklch, to_oklch
from annotator.gui.theme import NAMES, TOKENS, LabelStyles, Theme, derived

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
THEMES = pytest.mark.parametrize("theme", [Theme.load(name) for name in NAMES], ids=NAMES)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FF0000", "#FFFFFF", 4.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(QColor(one), QColor(other)) == pytest.approx(ratio, abs=0.01)


@given(COLOURS)
def test_a_colour_survives_the_way_through_oklch(colour: str) -> None:
    back = from_oklch(*to_oklch(QColor(colour)))
    there = QColor(colour)
    assert max(abs(getattr(back, c)() - getattr(there, c)()) for c in ("red", "green", "blue")) <= 1


@THEMES
def test_a_theme_has_every_token_and_ten_labels(theme: Theme) -> None:
    assert set(theme.tokens) == TOKENS
    assert all(colour.isValid() for colour in theme.tokens.values())
    assert len(theme.labels) == 10


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="no theme 'sepia'"):
        Theme.load("sepia")


@THEMES
@pytest.mark.parametrize("ground", ["surface", "panel", "window", "hover", "accent-soft"])
def test_every_rank_of_text_is_legible(theme: Theme, ground: str) -> None:
    for text in ("text", "text2", "text3"):
        assert contrast(theme.colour(text), theme.colour(ground)) >= 4.5


@THEMES
def test_body_text_is_legible_on_whatever_lies_under_it(theme: Theme) -> None:
    grounds = [theme.colour(token) for token in ("select", "match", "match-now")]
    grounds += [ground for label in theme.labels.values() for ground in (label.tint, label.strong)]
    assert min(contrast(theme.colour("text"), ground) for ground in grounds) >= 7


@THEMES
def test_tuned_labels_stand_out(theme: Theme) -> None:
    for label in theme.labels.values():
        assert contrast(label.chip_text, label.strong) >= 4.5
        assert min(contrast(label.line, ground) for ground in (theme.colour("surface"), label.tint, label.strong)) >= 3


@THEMES
def test_controls_are_visible_and_notices_legible(theme: Theme) -> None:
    assert contrast(theme.colour("control"), theme.colour("window")) >= 2.99
    assert contrast(theme.colour("accent"), theme.colour("surface")) >= 4.5
    for ground in ("accent", "accent-hover", "accent-pressed"):
        assert contrast(theme.colour("on-accent"), theme.colour(ground)) >= 4.5
    for notice in ("ok", "warn", "danger"):
        assert contrast(theme.colour(notice), theme.colour(f"{notice}-soft")) >= 4.5
        assert contrast(theme.colour(notice), theme.colour("window")) >= 4.5


@THEMES
def test_the_default_codebook_has_tuned_colours(theme: Theme) -> None:
    for label in DEFAULT:
        assert theme.label_style(label).strong == theme.labels[label.colour].strong


def test_a_label_in_small_letters_of_hex_is_the_same_label() -> None:
    theme = Theme.load("dark")
    label = Label("claim", "C", "#b8730e", LineForm.SOLID)
    assert theme.label_style(label).line == QColor("#E58F3A")


@THEMES
@given(COLOURS)
def test_any_colour_makes_a_legible_label(theme: Theme, colour: str) -> None:
    made = derived(colour, dark=theme.dark)
    assert contrast(made.line, made.strong) >= 3
    assert contrast(made.line, made.tint) >= 3
    assert contrast(made.chip_text, made.strong) >= 4.5
    assert min(contrast(theme.colour("text"), ground) for ground in (made.tint, made.strong)) >= 7


def test_a_line_that_is_visible_keeps_the_users_colour() -> None:
    assert derived("#800080", dark=False).line == QColor("#800080")


def test_a_grey_makes_a_grey_label() -> None:
    tint = derived("#707070", dark=False).tint
    assert max(tint.red(), tint.green(), tint.blue()) - min(tint.red(), tint.green(), tint.blue()) <= 1


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        derived("reddish", dark=False)


def test_a_label_that_the_codebook_lacks_is_still_shown() -> None:
    styles = LabelStyles(DEFAULT, Theme.load("light"))
    assert (styles["unheard of"].letter, styles["claim"].letter) == ("U", "C")


@THEMES
def test_the_style_sheet_is_filled_and_its_pictures_exist(qapp: QApplication, theme: Theme) -> None:
    sheet = style.style_sheet(theme)
    assert "$" not in sheet
    for picture in paths.resources().glob(f"themes/{theme.name}-*.svg"):
        assert picture.as_posix() in sheet


@THEMES
def test_the_pictures_of_the_style_sheet_have_the_themes_colours(theme: Theme) -> None:
    tones = {"check": "on-accent", "chevron": "icon", "chevron-up": "icon", "tick": "icon"}
    for name, token in tones.items():
        picture = (paths.resources() / "themes" / f"{theme.name}-{name}.svg").read_text()
        assert theme.colour(token).name().upper() in picture


def test_both_theme_files_speak_of_the_same_things() -> None:
    light, dark = (json.loads((paths.resources() / "themes" / f"{name}.json").read_text()) for name in NAMES)
    assert light["tokens"].keys() == dark["tokens"].keys()
    assert light["labels"].keys() == dark["labels"].keys()
