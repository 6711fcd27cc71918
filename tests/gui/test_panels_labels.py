"""The codebook as buttons, the chosen span, and the label picker."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import Codebook, Label, LineForm
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.span import Fragment, Span
from annotator.gui import style
from annotator.gui.annotate.label_picker import LabelPicker, matching
from annotator.gui.annotate.labels_panel import LabelsPanel
from annotator.gui.annotate.span_panel import NOTHING_CHOSEN, SpanPanel
from annotator.gui.theme import NAMES, Theme
from annotator.gui.widgets.themed import spread_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # says the screenless platform

LIGHT = Theme.load("light")
NOW = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
SPAN = Span("s1", "d", "quote", (Fragment(4, 30),), "“unintended negative impact”", "Noor", NOW, NOW)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    style.apply(qapp, LIGHT)


def labels_panel(qtbot: QtBot, codebook: Codebook = DEFAULT, width: int = 312) -> LabelsPanel:
    panel = LabelsPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.set_codebook(codebook, LIGHT)
    panel.resize(width, 300)
    panel.show()
    return panel


def test_there_is_one_button_a_label_named_by_it(qtbot: QtBot) -> None:
    panel = labels_panel(qtbot)
    for label in DEFAULT:
        spoken = QAccessible.queryAccessibleInterface(panel.button(label.name))
        assert spoken.text(QAccessible.Text.Name) == label.name
        assert spoken.role() == QAccessible.Role.Button


def test_a_click_and_the_space_bar_press_a_label(qtbot: QtBot) -> None:
    panel = labels_panel(qtbot)
    told: list[str] = []
    panel.label_pressed.connect(told.append)
    QTest.mouseClick(panel.button("policy recommendation"), Qt.MouseButton.LeftButton)
    QTest.keyClick(panel.button("actor"), Qt.Key.Key_Space)
    assert told == ["policy recommendation", "actor"]


@pytest.mark.parametrize("width", [280, 312, 460])
@pytest.mark.parametrize(
    "name", ["policy recommendation", "a name that is a good deal longer than the panel is wide", "W" * 60]
)
def test_a_labels_name_is_never_cut(qtbot: QtBot, width: int, name: str) -> None:
    label = Label(name, "N", "#800080", LineForm.DASH, 1)
    panel = labels_panel(qtbot, Codebook((label,)), width)
    panel.set_counts({name: 12_345})
    button = panel.button(name)
    shown = button._name_lines(button.width())
    assert "".join(shown).replace(" ", "") == name.replace(" ", "")
    qtbot.waitUntil(lambda: button.height() >= 17 * len(shown), timeout=500)


def test_counts_are_told_and_missing_ones_are_none(qtbot: QtBot) -> None:
    panel = labels_panel(qtbot)
    panel.set_counts({"claim": 7})
    assert panel.button("claim").accessibleDescription() == "7 in this document, key 1"
    assert panel.button("quote").accessibleDescription() == "0 in this document, key 2"


@pytest.mark.parametrize("name", NAMES)
def test_the_armed_label_is_seen_and_told(qtbot: QtBot, name: str) -> None:
    panel = labels_panel(qtbot)
    theme = Theme.load(name)
    spread_theme(panel, theme)
    button, place = panel.button("quote"), QPoint(150, 4)
    before = button.grab().toImage().pixelColor(place)
    panel.set_armed("quote")
    assert button.grab().toImage().pixelColor(place) == theme.label_style(DEFAULT.label("quote")).strong
    assert button.accessibleDescription().startswith("armed")
    panel.set_armed(None)
    assert button.grab().toImage().pixelColor(place) == before


def test_the_guideline_is_a_plain_tooltip(qtbot: QtBot) -> None:
    label = Label("claim", "C", "#B8730E", LineForm.SOLID, 1, "Tag <i>this</i> & that")
    panel = labels_panel(qtbot, Codebook((label,)))
    assert panel.button("claim").toolTip() == "<p>Tag &lt;i&gt;this&lt;/i&gt; &amp; that</p>"


def test_another_codebook_replaces_the_buttons(qtbot: QtBot) -> None:
    panel = labels_panel(qtbot)
    panel.set_codebook(Codebook(DEFAULT.labels[:2]), LIGHT)
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    named = {child.accessibleName() for child in panel.findChildren(QWidget)} & {label.name for label in DEFAULT}
    assert named == {"claim", "quote"}


def test_labels_that_cant_be_used_do_nothing(qtbot: QtBot) -> None:
    panel = labels_panel(qtbot)
    panel.set_enabled(False)
    told: list[str] = []
    panel.label_pressed.connect(told.append)
    QTest.mouseClick(panel.button("claim"), Qt.MouseButton.LeftButton)
    assert told == []


@pytest.fixture
def span_panel(qtbot: QtBot) -> SpanPanel:
    panel = SpanPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.set_codebook(DEFAULT, LIGHT)
    panel.resize(312, 400)
    panel.show()
    return panel


def test_without_a_span_the_panel_says_how_to_make_one(span_panel: SpanPanel) -> None:
    assert span_panel.hint.isVisible()
    assert span_panel.hint.text() == NOTHING_CHOSEN
    assert not span_panel.quote.isVisible()


def test_the_chosen_span_is_shown(span_panel: SpanPanel) -> None:
    span_panel.show_span(SPAN, 8, 21, own=True)
    assert span_panel.chip.accessibleName() == "Label: quote"
    assert span_panel.place.text() == "8 of 21"
    assert span_panel.quote.accessibleName() == SPAN.text
    assert span_panel.who.text().startswith("You · today ")
    assert span_panel.note.typed() == ""
    assert not span_panel.hint.isVisible()


def test_anothers_span_and_note_are_shown_as_plain_text(span_panel: SpanPanel) -> None:
    span_panel.show_span(replace(SPAN, note="<b>Scare</b> quotes?", annotator="Jonas"), 1, 1, own=False)
    assert span_panel.who.text().startswith("Jonas · ")
    assert span_panel.note.typed() == "<b>Scare</b> quotes?"


def test_a_long_quotation_takes_six_lines_at_most(span_panel: SpanPanel) -> None:
    span_panel.show_span(replace(SPAN, text="words that go on " * 5_000), 1, 1, own=True)
    assert span_panel.quote.heightForWidth(280) == 6 * 22


def test_delete_and_another_label_are_asked_for(qtbot: QtBot, span_panel: SpanPanel) -> None:
    span_panel.show_span(SPAN, 8, 21, own=True)
    with qtbot.waitSignal(span_panel.delete_asked):
        QTest.mouseClick(span_panel.delete, Qt.MouseButton.LeftButton)
    assert [action.text() for action in span_panel.menu.actions()] == [label.name for label in DEFAULT]
    with qtbot.waitSignal(span_panel.retag_asked) as asked:
        span_panel.menu.actions()[2].trigger()
    assert asked.args == ["actor"]


def test_a_read_only_project_offers_no_changes(span_panel: SpanPanel) -> None:
    span_panel.show_span(SPAN, 8, 21, own=True, read_only=True)
    assert not span_panel.delete.isEnabled()
    assert not span_panel.retag.isEnabled()


@pytest.fixture
def picker(qtbot: QtBot) -> LabelPicker:
    made = LabelPicker(LIGHT)
    qtbot.addWidget(made)
    made.set_codebook(DEFAULT, LIGHT)
    made.open_at(QPoint(100, 100))
    return made


def picked(picker: LabelPicker) -> list[str]:
    told: list[str] = []
    picker.label_picked.connect(told.append)
    return told


def test_typing_and_enter_pick_a_label(picker: LabelPicker) -> None:
    told = picked(picker)
    QTest.keyClicks(picker.field, "rec")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert (told, picker.isVisible()) == (["policy recommendation"], False)


def test_arrows_move_and_go_round(picker: LabelPicker) -> None:
    told = picked(picker)
    QTest.keyClick(picker.field, Qt.Key.Key_Up)
    QTest.keyClick(picker.field, Qt.Key.Key_Up)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert told == ["actor"]


def test_a_click_picks_a_label(picker: LabelPicker) -> None:
    told = picked(picker)
    place = picker.view.visualRect(picker.model.index(1)).center()
    QTest.mouseClick(picker.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert told == ["quote"]


def test_escape_and_a_name_that_is_none_pick_nothing(picker: LabelPicker) -> None:
    told = picked(picker)
    QTest.keyClicks(picker.field, "xyz")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.nothing.isVisible()
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert (told, picker.isVisible()) == ([], False)


def test_the_picker_opens_empty_again(picker: LabelPicker) -> None:
    QTest.keyClicks(picker.field, "rec")
    picker.close()
    picker.open_at(QPoint(10, 10))
    assert (picker.field.text(), picker.model.rowCount()) == ("", 4)


@pytest.mark.parametrize(
    ("typed", "first"), [("", "claim"), ("a", "actor"), ("2", "quote"), ("POLICY", "policy recommendation")]
)
def test_the_best_match_comes_first(typed: str, first: str) -> None:
    assert matching(DEFAULT, typed)[0].name == first


def test_a_new_theme_or_label_leaves_arming_and_read_only_as_they_are(qtbot: QtBot) -> None:
    panel = labels_panel(qtbot)
    panel.set_counts({"claim": 7})
    panel.set_armed("claim")
    panel.set_enabled(False)
    panel.set_codebook(DEFAULT, Theme.load("dark"))
    assert panel.button("claim").accessibleDescription() == "armed, 7 in this document, key 1"
    panel.set_codebook(Codebook(DEFAULT.labels[:2]), LIGHT)
    assert panel.button("claim").accessibleDescription() == "armed, 0 in this document, key 1"
    assert not panel.button("quote").isEnabled()
