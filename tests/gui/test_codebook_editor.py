"""The codebook editor: choosing, renaming and moving labels, colours, preview, the whole."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.codebook import LineForm
from annotator.domain.default_codebook import DEFAULT
from annotator.gui import style
from annotator.gui.theme import NAMES, Theme
from annotator.gui.widgets.themed import spread_theme
from tests.gui.codebook_desk import ALT, CTRL, KEY, STORED, Desk, changed, opened


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    yield from opened(qapp)


# Names, places, keys


def test_the_first_label_is_shown_with_its_counts(desk: Desk) -> None:
    assert desk.form.name.text() == "claim"
    assert desk.editor.middle.count.text() == "13 spans in 4 documents"
    desk.editor.choose_label("quote")
    assert desk.editor.middle.count.text() == "no spans"


def test_a_new_name_is_asked_for_once_when_its_field_is_left(desk: Desk) -> None:
    desk.type(desk.form.name, "statement")
    assert desk.told == []
    desk.press(KEY.Key_Tab)
    assert desk.told == [("label_changed", "claim", {"name": "statement"})]
    desk.form.name.setFocus()
    desk.press(KEY.Key_Tab)
    assert len(desk.told) == 1
    desk.show(changed("claim", name="statement"))
    assert desk.form.shown is not None
    assert desk.form.shown.name == desk.form.name.text() == "statement"


def test_enter_finishes_a_name_and_blanks_at_its_ends_go(desk: Desk) -> None:
    desk.type(desk.form.name, "  statement ")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Tab)
    assert desk.told == [("label_changed", "claim", {"name": "statement"})]


def test_another_label_is_chosen_with_the_arrow_keys_and_typing_is_told_before(desk: Desk) -> None:
    desk.type(desk.form.name, "statement")
    desk.editor.side.labels.setFocus()
    desk.press(KEY.Key_Down)
    assert desk.told == [("label_changed", "claim", {"name": "statement"})]
    assert desk.form.name.text() == "quote"


def test_labels_move_with_alt_and_the_arrow_keys(desk: Desk) -> None:
    desk.editor.side.labels.setFocus()
    desk.press(KEY.Key_Up, ALT)  # it is the first
    desk.press(KEY.Key_Down, ALT)
    assert desk.told == [("label_moved", "claim", 1)]


@pytest.mark.parametrize(("start", "end", "place"), [(0, 2, 2), (3, 0, 0), (1, 3, 3)])
def test_labels_move_by_dragging(desk: Desk, start: int, end: int, place: int) -> None:
    view = desk.editor.side.labels
    rects = [view.visualRect(view.rows_model.index(row, 0)) for row in range(4)]
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    edge = rects[end].bottom() - 2 if end > start else rects[end].top() + 2
    QTest.mousePress(port, left, pos=rects[start].center())
    QTest.mouseMove(port, QPoint(60, (rects[start].center().y() + edge) // 2))
    QTest.mouseMove(port, QPoint(60, edge))
    QTest.mouseRelease(port, left, pos=QPoint(60, edge))
    name = DEFAULT.labels[start].name
    assert desk.told == [("label_moved", name, place)]
    assert desk.form.name.text() == name


def test_a_drag_that_ends_where_it_began_moves_nothing(desk: Desk) -> None:
    view = desk.editor.side.labels
    rect = view.visualRect(view.rows_model.index(1, 0))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseMove(view.viewport(), rect.center() + QPoint(0, 14))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(0, 14))
    assert desk.told == []


def test_the_keys_of_a_list_of_choices_change_nothing_until_one_is_taken(desk: Desk) -> None:
    desk.form.key.setFocus()
    desk.press(KEY.Key_5)
    desk.press(KEY.Key_Down)
    assert desk.told == []
    view = desk.form.key.view()
    assert view.isVisible()
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Return)
    assert desk.told == [("label_changed", "claim", {"key": 2})]
    assert desk.form.key.itemText(2) == "2  (from quote)"


def test_the_keys_of_the_text_do_nothing_here(desk: Desk) -> None:
    pressed: list[str] = []
    for keys in ("1", "W", "Del", "Alt+Down", "Ctrl+Return"):
        shortcut = QShortcut(QKeySequence(keys), desk.editor)
        shortcut.activated.connect(lambda keys=keys: pressed.append(keys))
    for widget in (desk.editor.side.labels, desk.form.swatches._swatches[0], desk.form.name, desk.form.key):
        widget.setFocus()
        for key in (KEY.Key_1, KEY.Key_W):
            QTest.keyClick(widget, key)
        QTest.keyClick(widget, KEY.Key_Down, ALT)
        desk.form.key.hidePopup()
        QTest.keyClick(widget, KEY.Key_Return, CTRL)
    QTest.keyClick(desk.form.swatches._swatches[0], KEY.Key_Delete)
    assert pressed == []


# Colours


def test_the_swatches_are_radio_buttons_with_names_of_which_one_is_on(desk: Desk) -> None:
    spoken = [QAccessible.queryAccessibleInterface(swatch) for swatch in desk.form.swatches._swatches]
    assert [each.role() for each in spoken] == [QAccessible.Role.RadioButton] * 10
    assert spoken[0].text(QAccessible.Text.Name) == "amber, solid"
    assert [bool(each.state().checked) for each in spoken] == [True] + 9 * [False]


def test_a_pair_is_reached_by_the_arrow_keys_and_taken_by_space(desk: Desk) -> None:
    desk.form.swatches._swatches[0].setFocus()
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right)
    assert desk.told == []
    desk.press(KEY.Key_Space)
    assert desk.told == [("label_changed", "claim", {"colour": "#06573A", "line_form": LineForm.THICK})]
    desk.show(changed("claim", colour="#06573A", line_form=LineForm.THICK))
    assert [swatch.isChecked() for swatch in desk.form.swatches._swatches][2]
    assert desk.editor.looks.warnings[1].text() == "Colour and line are also those of “actor”."


def test_a_colour_of_ones_own_stands_at_the_end(desk: Desk) -> None:
    desk.show(changed("claim", colour="#FF00AA"))
    own = desk.form.swatches._own
    assert own.isVisible()
    assert own.isChecked()
    assert own.accessibleName() == "own colour #FF00AA, solid"
    desk.show(STORED)
    assert not own.isVisible()


def test_tab_comes_to_the_swatch_that_is_on_and_leaves_from_any(desk: Desk) -> None:
    desk.editor.choose_label("actor")
    swatches = desk.form.swatches._swatches
    for arrows in (0, 1, 2):
        desk.form.key.setFocus()
        desk.press(KEY.Key_Tab)
        assert QApplication.focusWidget() is swatches[2]
        for _ in range(arrows):
            desk.press(KEY.Key_Left)
        assert QApplication.focusWidget() is swatches[2 - arrows]
        desk.press(KEY.Key_Tab)
        assert QApplication.focusWidget() is desk.form.form


# How it looks


def test_two_labels_with_one_letter_are_pointed_out(desk: Desk) -> None:
    assert not desk.editor.looks.warnings[0].isVisible()
    desk.show(changed("claim", letter="Q"))
    assert desk.editor.looks.warnings[0].text() == "The letter Q is also that of “quote”."
    assert desk.editor.looks.warnings[0].isVisible()


def test_the_preview_has_its_own_light_and_dark_with_figures(desk: Desk) -> None:
    looks = desk.editor.looks
    figures = [figure.text() for _, figure in looks._figures]
    assert figures == ["15.2", "3.4", "8.8"]
    desk.click(looks.switch.dark)
    assert [figure.text() for _, figure in looks._figures] == ["11.4", "5.7", "8.3"]
    picture = looks.sample.grab().toImage()
    assert picture.pixelColor(2, 2).name().upper() == "#1A1A19"
    assert looks._figures[0][1].accessibleName() == "Text on the tint: 11.4, needs 7, enough"


# The whole


def test_without_the_right_to_write_everything_can_be_read_and_nothing_changed(desk: Desk) -> None:
    desk.editor.set_read_only(True)
    assert desk.form.name.isReadOnly()
    assert desk.form.guideline.isReadOnly()
    for widget in (desk.form.key, desk.form.form, desk.form.swatches, desk.editor.side.add_label):
        assert not widget.isEnabled()
    for button in (desk.editor.middle.merge, desk.editor.middle.delete, desk.form.attributes.add_button):
        assert not button.isVisible()
    desk.editor.side.labels.setFocus()
    for key, modifiers in ((KEY.Key_Down, ALT), (KEY.Key_Delete, Qt.KeyboardModifier.NoModifier)):
        desk.press(key, modifiers)
    desk.form.attributes.list.row_opened.emit(0)
    assert desk.told == []
    assert desk.editor.side.export_button.isEnabled()


@pytest.mark.parametrize(("width", "right"), [(1440, True), (1024, False), (900, False)])
def test_a_narrow_editor_gives_the_form_the_room(desk: Desk, width: int, right: bool) -> None:
    desk.editor.window().resize(width, 600)
    QApplication.processEvents()
    assert desk.editor.looks.isVisible() is right
    assert desk.editor.middle.close_button.isVisible() is not right
    assert desk.editor.width() == width
    area = desk.form.parentWidget()
    assert area is not None
    assert desk.form.width() <= area.width()


def test_the_panes_are_gone_round(desk: Desk) -> None:
    desk.editor.take_focus()
    places = []
    for _ in range(3):
        desk.editor.go_to_pane(1)
        places.append(QApplication.focusWidget())
    assert places == [desk.form.name, desk.editor.looks.switch.light, desk.editor.side.labels]


def test_everything_that_takes_the_focus_has_a_name(desk: Desk) -> None:
    for choose in (lambda: desk.editor.choose_label("claim"), lambda: desk.editor.choose_relation("said by")):
        choose()
        for widget in desk.editor.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                spoken = QAccessible.queryAccessibleInterface(widget)
                assert spoken.text(QAccessible.Text.Name), widget


def test_the_whole_form_is_reached_by_tab(desk: Desk) -> None:
    desk.editor.take_focus()
    reached = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused.accessibleName())
        desk.press(KEY.Key_Tab)
    wanted = ["Labels", "Relation types", "Add label", "Name", "Letter", "Key", "amber, solid", "Line", "Own colour"]
    wanted += ["Guideline", "Kind of", "Attributes", "Add attribute", "Merge into", "Delete", "Close", "Light preview"]
    assert [name for name in wanted if name not in reached] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_painted_in_either_theme(desk: Desk, qapp: QApplication, name: str) -> None:
    theme = Theme.load(name)
    style.apply(qapp, theme)
    desk.editor.set_theme(theme)
    spread_theme(desk.editor, theme)
    picture = desk.editor.middle.grab().toImage()
    assert picture.pixelColor(4, 300) == theme.colour("surface")
    edit = desk.form.guideline
    assert edit.grab().toImage().pixelColor(edit.width() // 2, 4) == theme.colour("surface")
