"""The parts of the window that every mode shares: header, foot, banner, buttons, fonts, icons."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QAction, QFontDatabase, QFontInfo, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenuBar, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import LineForm
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.document import State
from annotator.gui import fonts, icons, style
from annotator.gui.theme import NAMES, Theme
from annotator.gui.widgets import lines, paint
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.buttons import IconButton, KeyCapButton, name_icon
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.header import Header, ModeSwitch
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.widgets.wording import counted, plain_tooltip, shown_date, shown_time

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # says the screenless platform

LIGHT = Theme.load("light")
DARK = Theme.load("dark")


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    style.apply(qapp, LIGHT)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def header(qtbot: QtBot, width: int = 1200) -> tuple[Header, QAction]:
    bar = QMenuBar()
    for name in ("File", "Edit", "View"):
        bar.addMenu(name)
    undo = name_icon(QAction("&Undo tag claim"), "undo")
    undo.setShortcut("Ctrl+Z")
    made = Header(bar, [undo, None, name_icon(QAction("Find…"), "search")], LIGHT)
    qtbot.addWidget(made)
    made.resize(width, made.height())
    made.show()
    return made, undo


@pytest.mark.parametrize("width", [900, 1200, 1441])
def test_the_mode_switch_is_in_the_very_middle(qtbot: QtBot, width: int) -> None:
    made, _ = header(qtbot, width)
    middle = made.modes.mapTo(made, made.modes.rect().center()).x()
    assert abs(middle - width / 2) <= 1


def test_the_mode_switch_gives_way_where_the_menus_need_the_room(qtbot: QtBot) -> None:
    bar = QMenuBar()
    for name in ("File", "Edit", "View", "Document", "Review", "Go", "Help"):
        bar.addMenu(name)
    made = Header(bar, [name_icon(QAction("Find…"), "search")], LIGHT)
    qtbot.addWidget(made)
    made.resize(bar.sizeHint().width() + made.modes.sizeHint().width() + 100, made.height())
    made.show()
    assert bar.width() >= bar.sizeHint().width()
    assert bar.geometry().right() < made.modes.geometry().left()


def test_a_header_button_is_named_by_its_action_and_shows_the_key(qtbot: QtBot) -> None:
    made, undo = header(qtbot)
    button = made.findChildren(IconButton)[0]
    assert (button.accessibleName(), button.toolTip()) == ("Undo tag claim", "Undo tag claim (Ctrl+Z)")
    undo.setText("Undo delete <b>")
    assert button.accessibleName() == "Undo delete <b>"
    assert "&lt;b&gt;" in button.toolTip()


def test_pressing_a_header_button_triggers_its_action(qtbot: QtBot) -> None:
    made, undo = header(qtbot)
    with qtbot.waitSignal(undo.triggered):
        QTest.mouseClick(made.findChildren(IconButton)[0], Qt.MouseButton.LeftButton)


def test_a_mode_is_chosen_by_a_click_and_only_then_told(qtbot: QtBot) -> None:
    switch = ModeSwitch()
    qtbot.addWidget(switch)
    told: list[str] = []
    switch.mode_chosen.connect(told.append)
    switch.set_mode("Analyse")
    review = next(b for b in switch.findChildren(QWidget) if b.accessibleName() == "Review")
    QTest.mouseClick(review, Qt.MouseButton.LeftButton)
    assert (switch.mode(), told) == ("Review", ["Review"])


def test_modes_are_read_out_as_buttons_and_which_is_on(qtbot: QtBot) -> None:
    switch = ModeSwitch()
    qtbot.addWidget(switch)
    switch.set_mode("Review")
    spoken = [QAccessible.queryAccessibleInterface(button) for button in switch.findChildren(QToolButton)]
    assert [s.text(QAccessible.Text.Name) for s in spoken] == ["Annotate", "Review", "Analyse"]
    assert {s.role() for s in spoken} == {QAccessible.Role.Button}
    assert [bool(s.text(QAccessible.Text.Description)) for s in spoken] == [False, True, False]


def test_the_foot_tells_saved_from_not_saved(qtbot: QtBot) -> None:
    foot = Foot(LIGHT)
    qtbot.addWidget(foot)
    foot.set_saved("14:03:22")
    assert foot.saved.text() == "Saved 14:03:22"
    foot.set_unsaved()
    assert (foot.saved.text(), foot.saved.property("tone")) == ("Not saved: retrying", "warn")
    foot.set_saved("14:03:24")
    assert foot.saved.property("tone") == "third"


def test_the_foot_says_where_one_is(qtbot: QtBot) -> None:
    foot = Foot(LIGHT)
    qtbot.addWidget(foot)
    foot.set_spans(1)
    foot.set_document(2, 5)
    foot.set_zoom(110)
    assert [w.text() for w in (foot.spans, foot.document, foot.zoom)] == ["1 span", "Document 2 of 5", "110 %"]
    foot.set_document(2, 5, 3)
    assert foot.document.text() == "Document 2 of 5 · 3 done"
    foot.set_document(2, 5, 5)
    assert foot.document.text() == "Document 2 of 5 · all done"


def test_keys_are_asked_for_at_the_foot(qtbot: QtBot) -> None:
    foot = Foot(LIGHT)
    qtbot.addWidget(foot)
    foot.show()
    button = next(b for b in foot.findChildren(QPushButton) if b.accessibleName() == "Keys")
    with qtbot.waitSignal(foot.keys_asked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_banner_shows_plain_text_and_its_buttons_call(qtbot: QtBot) -> None:
    banner = Banner(LIGHT)
    qtbot.addWidget(banner)
    called: list[str] = []
    banner.show_notice("warn", "<b>Two</b> & more", [("Retry", lambda: called.append("retry"))])
    assert banner.isVisible()
    assert banner.text.textFormat() == Qt.TextFormat.PlainText
    retry = next(b for b in banner.findChildren(QPushButton) if b.text() == "Retry")
    QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert called == ["retry"]


def test_a_closed_banner_is_gone_and_a_new_one_has_its_own_buttons(qtbot: QtBot) -> None:
    banner = Banner(LIGHT)
    qtbot.addWidget(banner)
    banner.show_notice("info", "One", [("First", print)])
    close = next(b for b in banner.findChildren(IconButton))
    with qtbot.waitSignal(banner.closed):
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
    banner.show_notice("danger", "Two", [("Second", print)])
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    assert [b.text() for b in banner.findChildren(QPushButton)] == ["Second"]


def test_a_button_with_a_key_is_wider_by_its_cap_and_presses(qtbot: QtBot) -> None:
    plain, capped = KeyCapButton("Mark done", "", LIGHT), KeyCapButton("Mark done", "Ctrl ↵", LIGHT)
    for button in (plain, capped):
        qtbot.addWidget(button)
    assert capped.sizeHint().width() > plain.sizeHint().width() + paint.key_cap_width("Ctrl ↵")
    with qtbot.waitSignal(capped.clicked):
        QTest.keyClick(capped, Qt.Key.Key_Space)


def test_fields_and_buttons_are_thirty_high_focused_or_not(qtbot: QtBot) -> None:
    button = KeyCapButton("Accept", "A", LIGHT)
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint().height()
    button.setFocus()
    assert (before, button.sizeHint().height()) == (30, 30)


def test_fields_grow_with_the_systems_font(qtbot: QtBot, qapp: QApplication) -> None:
    usual = qapp.font()
    larger = fonts.interface_font()
    larger.setPixelSize(26)
    field = QLineEdit()
    qtbot.addWidget(field)
    try:
        qapp.setFont(larger)
        style.apply(qapp, LIGHT)
        field.ensurePolished()
        assert field.sizeHint().height() == 2 * 28 + 2
        assert (fonts.px(10), fonts.ui(13).pixelSize()) == (20, 26)
    finally:
        qapp.setFont(usual)
        style.apply(qapp, LIGHT)
    assert fonts.px(10) == 10


def test_a_new_theme_reaches_every_widget(qtbot: QtBot) -> None:
    foot = Foot(LIGHT)
    qtbot.addWidget(foot)
    foot.set_saved("14:03:22")
    foot.resize(600, 28)
    light = picture(foot)
    style.apply(QApplication.instance(), DARK)  # type: ignore[arg-type]
    spread_theme(foot, DARK)
    dark = picture(foot)
    corner = QPoint(300, 20)
    assert light.pixelColor(corner) == LIGHT.colour("window")
    assert dark.pixelColor(corner) == DARK.colour("window")
    key = next(label for label in foot.findChildren(QLabel) if label.text() == "F1")
    assert picture(key).pixelColor(3, 3) == DARK.colour("surface")


def test_the_users_choice_of_theme_wins_over_the_systems(qapp: QApplication) -> None:
    look = style.Look(qapp, "light")
    changes: list[str] = []
    look.changed.connect(lambda theme: changes.append(theme.name))
    look.choose("dark")
    look.choose("dark")
    look.choose("light")
    look.deleteLater()
    assert changes == ["dark", "light"]
    assert qapp.palette().base().color() == LIGHT.colour("surface")


def test_icons_are_drawn_again_for_a_new_screen(qapp: QApplication) -> None:
    look = style.Look(qapp, "light")
    changes: list[str] = []
    look.changed.connect(lambda theme: changes.append(theme.name))
    qapp.screenAdded.emit(qapp.primaryScreen())
    look.deleteLater()
    assert changes == ["light"]


def test_the_system_decides_where_the_user_does_not(qapp: QApplication) -> None:
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert style.current_theme("system").dark == dark
    assert style.current_theme("dark") is DARK


def test_the_interface_font_is_a_real_one_with_even_figures(qapp: QApplication) -> None:
    font = fonts.interface_font()
    assert font.family() in QFontDatabase.families()
    assert QFontInfo(font).pixelSize() == fonts.BASE


def test_documents_are_read_in_a_serif_that_is_there(qapp: QApplication) -> None:
    assert fonts.reading_family() in QFontDatabase.families()
    assert fonts.reading_font(18).pixelSize() == 18
    assert fonts.reading_font(18, sans=True).family() == qapp.font().family()


@pytest.mark.parametrize("name", icons.names())
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_every_icon_is_drawn_at_every_scale(qapp: QApplication, name: str, ratio: float) -> None:
    drawn = icons.pixmap(name, LIGHT.colour("icon"), 16, ratio).toImage()
    assert drawn.width() == round(16 * ratio)
    inked = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    assert max(colour.alpha() for colour in inked) > 200


def test_icons_carry_no_colour_of_their_own_and_say_whose_they_are() -> None:
    folder = icons._folder()
    for name in set(icons.names()) - {"annotator"}:
        assert "currentColor" in (folder / f"{name}.svg").read_text()
    assert "MIT" in (folder / "README.md").read_text()


def test_a_disabled_icon_is_paler(qapp: QApplication) -> None:
    button = IconButton("close", "Close", LIGHT)
    button.resize(30, 30)
    on = picture(button).pixelColor(15, 15)
    button.setEnabled(False)
    assert picture(button).pixelColor(15, 15).lightness() > on.lightness()


@pytest.mark.parametrize("name", NAMES)
def test_each_state_of_a_document_has_its_own_sign(qapp: QApplication, name: str) -> None:
    drawn = []
    for state in State:
        image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        paint.state_icon(painter, QRectF(image.rect()), state, Theme.load(name))
        painter.end()
        drawn.append(bytes(image.constBits()))
    assert len(set(drawn)) == 3


def test_a_line_is_drawn_in_its_form_on_whole_pixels(qapp: QApplication) -> None:
    rows: dict[LineForm, list[int]] = {}
    for label in DEFAULT:
        image = QImage(26, 11, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        paint.line_form(painter, QRectF(image.rect()), LIGHT.label_style(label))
        painter.end()
        rows[label.line_form] = [sum(image.pixelColor(x, y).alpha() == 255 for x in range(26)) for y in range(11)]
    assert [n for n in rows[LineForm.SOLID] if n] == [26, 26]
    assert [n for n in rows[LineForm.THICK] if n] == [26, 26, 26]
    assert sum(1 for n in rows[LineForm.DOUBLE] if n) == 2
    assert [n for n in rows[LineForm.DASH] if n] == [20, 20]  # 8 + 8 + 4


def test_words_break_into_lines_and_the_last_is_elided(qapp: QApplication) -> None:
    font = fonts.ui(13)
    broken = lines.broken("Report: Immigration program distracts police, destroys trust " * 3, font, 180, 2)
    assert len(broken) == 2
    assert broken[0].startswith("Report:")
    assert broken[1].endswith("…")
    assert f"{broken[1].removesuffix('…')} " in "Immigration program distracts police, destroys trust "
    assert lines.broken("claim", font, 180, 2) == ["claim"]
    assert lines.broken("W" * 300, font, 180, 1)[0].endswith("W…")
    assert lines.broken("", font, 180, 2) == []


def test_lines_keep_characters_beyond_the_basic_plane_whole(qapp: QApplication) -> None:
    text = "😀😀😀 and 🏳️‍🌈 words after it that go on"
    assert " ".join(lines.broken(text, fonts.ui(13), 90, 20)) == text


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2011-09-16", "16 Sep 2011"),
        ("2011-09-16T10:00:00Z", "16 Sep 2011"),
        ("2011-09", "Sep 2011"),
        ("2011", "2011"),
        ("autumn", "autumn"),
        (None, "no date"),
        ("", "no date"),
        ("2011-13-01", "2011"),
    ],
)
def test_a_date_is_worded(published: str | None, shown: str) -> None:
    assert shown_date(published) == shown


@pytest.mark.parametrize(
    ("stamp", "shown"),
    [
        ("2026-05-14T12:03:04.000Z", "today 14:03"),
        ("2026-05-13T22:30:00.000Z", "today 00:30"),
        ("2026-05-13T07:12:00.000Z", "yesterday 09:12"),
        ("2026-05-09T15:20:00.000Z", "9 May 17:20"),
        ("2024-05-09T15:20:00.000Z", "9 May 2024"),
        ("once", "once"),
    ],
)
def test_a_time_is_worded_as_the_clock_on_the_wall_says(stamp: str, shown: str) -> None:
    now = dt.datetime(2026, 5, 14, 16, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert shown_time(stamp, now) == shown


def test_counts_are_worded() -> None:
    assert [counted(n, "span") for n in (0, 1, 100_000)] == ["0 spans", "1 span", "100,000 spans"]


def test_a_tooltip_never_turns_text_into_markup() -> None:
    assert plain_tooltip("a <img src=x> b") == "<p>a &lt;img src=x&gt; b</p>"
    assert plain_tooltip("Undo tag claim") == "Undo tag claim"
