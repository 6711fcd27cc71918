"""The text view under a real mouse and real keys: positions are code points of the stored text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.span import Fragment, Span
from annotator.gui.text.view import TextView

TEXT = (
    "Grin 😀 and a task force report.\n\nThe task force said the program distracts police.\nمرحبا بالعالم\n"
    + "More. " * 400
)
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
Show = Callable[..., TextView]


def span(words: str, label: str = "claim", text: str = TEXT, key: str = "") -> Span:
    start = text.index(words)
    return Span(key or words, "d", label, (Fragment(start, start + len(words)),), words, "Noor", "", "")


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(text: str = TEXT, *spans: Span) -> TextView:
        view = TextView()
        qtbot.addWidget(view)
        view.resize(900, 600)
        view.show_document(text, spans)
        view.show()
        view.setFocus()
        QGuiApplication.processEvents()
        return view

    return shown


def point(view: TextView, position: int, dx: int = 0) -> QPoint:
    """Where the caret before a stored position is, in the middle of the line."""
    cursor = view.textCursor()
    cursor.setPosition(view._offsets.to_display(position))
    rect = view.caret_rect(cursor, view.places())
    assert rect is not None
    return rect.center() + QPoint(dx, 0)


def drag(view: TextView, start: int, end: int) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=point(view, start, 1))
    QTest.mouseMove(view.viewport(), point(view, (start + end) // 2))
    QTest.mouseMove(view.viewport(), point(view, end, 1))
    QTest.mouseRelease(view.viewport(), LEFT, pos=point(view, end, 1))


def hover(view: TextView, position: int) -> None:
    """Point without a button: QTest.mouseMove would hold one that another test let go of outside its window."""
    at, none = QPointF(point(view, position)), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QGuiApplication.sendEvent(view.viewport(), event)


def click(view: TextView, at: QPoint) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=at)


def made(view: TextView) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    view.selection_made.connect(lambda start, end: result.append((start, end)))
    return result


def selected(view: TextView) -> str:
    selection = view.selection()
    return TEXT[slice(*selection)] if selection else ""


def test_a_drag_after_an_emoji_selects_code_points(show: Show) -> None:
    view = show()
    selections = made(view)
    start = TEXT.index("task")
    drag(view, start, start + 10)
    assert selections == [(start, start + 10)]
    assert selected(view) == "task force"


def test_a_drag_in_the_gap_between_lines_counts_as_on_the_line(show: Show) -> None:
    view = show()
    start = TEXT.index("task")
    below = QPoint(0, 13)
    QTest.mousePress(view.viewport(), LEFT, pos=point(view, start, 1) + below)
    QTest.mouseMove(view.viewport(), point(view, start + 10, 1) + below)
    QTest.mouseRelease(view.viewport(), LEFT, pos=point(view, start + 10, 1) + below)
    assert selected(view) == "task force"


def test_a_drag_over_two_paragraphs_and_directions(show: Show) -> None:
    view = show()
    start, end = TEXT.index("police"), TEXT.index("بالعالم")
    drag(view, start, end)
    assert selected(view) == TEXT[start:end]


def test_a_new_drag_over_selected_text_selects_anew(show: Show) -> None:
    view = show()
    start = TEXT.index("task")
    drag(view, start, start + 10)
    drag(view, start + 2, start + 4)
    assert selected(view) == "sk"


def test_shift_and_arrows_select_and_tell_when_shift_is_let_go(show: Show) -> None:
    view = show()
    selections = made(view)
    view.select(7, 7)
    for _ in range(4):
        QTest.keyPress(view, Qt.Key.Key_Right, SHIFT)
    before = list(selections)
    QTest.keyRelease(view, Qt.Key.Key_Shift)
    assert (before, selections) == ([], [(7, 11)])


def test_a_double_click_selects_a_word_a_third_one_the_paragraph(show: Show) -> None:
    view = show()
    selections = made(view)
    at = point(view, TEXT.index("program") + 3)
    click(view, at)
    QTest.mouseDClick(view.viewport(), LEFT, pos=at)
    QTest.mouseRelease(view.viewport(), LEFT, pos=at)
    assert selected(view) == "program"
    click(view, at)
    assert selected(view) == "The task force said the program distracts police."
    assert len(selections) == 2


def test_copying_gives_the_stored_text(show: Show) -> None:
    text = "one\u00a0two 😀\n\nthree\u2028four\ufefffive" + "字" * 5_000
    view = show(text)
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text
    view.select(4, 9)
    view.copy()
    assert QGuiApplication.clipboard().text() == "two 😀"


def test_escape_lets_go_of_the_selection_then_of_the_span(show: Show) -> None:
    view = show(TEXT, span("task force"))
    view.choose("task force")
    view.select(3, 4)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert (view.selection(), view.chosen_span()) == (None, "task force")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.chosen_span() is None


def test_a_click_chooses_the_span_and_beside_it_none(show: Show) -> None:
    view = show(TEXT, span("distracts police"))
    chosen: list[str | None] = []
    view.span_chosen.connect(chosen.append)
    click(view, point(view, TEXT.index("distracts") + 3))
    click(view, point(view, TEXT.index("said")))
    assert chosen == ["distracts police", None]


def test_a_click_on_an_overlap_chooses_the_shortest_and_offers_all(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT, span("the program distracts police"), span("program distracts"), span("distracts", "actor"))
    with qtbot.waitSignal(view.spans_offered) as offered:
        click(view, point(view, TEXT.index("distracts") + 3))
        assert view.chosen_span() == "distracts"
    assert offered.args[0] == ["distracts", "program distracts", "the program distracts police"]


def test_a_double_click_on_an_overlap_selects_and_offers_nothing(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT, span("the program distracts police"), span("program distracts"))
    at = point(view, TEXT.index("distracts") + 3)
    with qtbot.assertNotEmitted(view.spans_offered, wait=QApplication.doubleClickInterval() + 50):
        click(view, at)
        QTest.mouseDClick(view.viewport(), LEFT, pos=at)
        QTest.mouseRelease(view.viewport(), LEFT, pos=at)
    assert selected(view) == "distracts"


def test_a_click_on_a_line_chooses_its_span_alone(show: Show) -> None:
    view = show(TEXT, span("the program distracts police"), span("distracts"))
    offers: list[list[str]] = []
    view.spans_offered.connect(lambda ids, _: offers.append(ids))
    place = next(p for p in view.places() if p.row.pieces)
    at = point(view, TEXT.index("distracts") + 3)
    click(view, QPoint(at.x(), place.baseline + 11))
    assert (view.chosen_span(), offers) == ("the program distracts police", [])


def test_tab_walks_the_spans_in_text_order(show: Show) -> None:
    view = show(TEXT, span("police"), span("and a"), span("The task force said"))
    walked = []
    for key in (Qt.Key.Key_Tab,) * 4 + (Qt.Key.Key_Backtab,) * 2:
        QTest.keyClick(view, key)
        walked.append(view.chosen_span())
    assert walked == ["and a", "The task force said", "police", "and a", "police", "The task force said"]


def test_tab_begins_at_the_caret(show: Show) -> None:
    view = show(TEXT, span("and a"), span("police"))
    view.select(30, 30)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.chosen_span() == "police"


def test_choosing_scrolls_a_far_span_into_sight(show: Show) -> None:
    text = TEXT + "\n\nand the very end\n" + "More. " * 2000
    view = show(text, span("the very end", text=text))
    view.choose("the very end")
    assert [found.id for found, _ in view.spans_in_sight()] == ["the very end"]
    assert any(place.top >= 0 for place in view.places() if place.row.pieces)


def test_spans_come_and_go(show: Show) -> None:
    view = show(TEXT, span("police"))
    view.put_span(span("task force"))
    view.put_span(span("task force report", key="police"), pending=True)
    assert [s.text for s in view.spans()] == ["task force report", "task force"]
    view.choose("police")
    view.remove_span("police")
    assert (view.chosen_span(), [s.id for s in view.spans()]) == (None, ["task force"])
    assert [s.id for s in view.spans_at(TEXT.index("task"))] == ["task force"]
    view.clear()
    assert view.spans() == []


def test_pointing_at_a_span_says_so(show: Show) -> None:
    view = show(TEXT, span("distracts police"))
    hovered: list[str | None] = []
    view.span_hovered.connect(hovered.append)
    hover(view, TEXT.index("distracts") + 3)
    hover(view, TEXT.index("said"))
    assert hovered == ["distracts police", None]


def test_a_press_in_the_margin_begins_a_selection(show: Show) -> None:
    view = show()
    margin = view._brackets
    y = point(view, TEXT.index("The task")).y()
    QTest.mousePress(margin, LEFT, pos=QPoint(margin.width() - 20, y))
    QTest.mouseMove(view.viewport(), point(view, TEXT.index("said")))
    QTest.mouseRelease(view.viewport(), LEFT, pos=point(view, TEXT.index("said"), 1))
    assert selected(view) == "The task force "


def test_a_click_on_a_chip_chooses_its_span(show: Show) -> None:
    from annotator.gui.text.gutters import chips

    view = show(TEXT, span("police"))
    place = next(p for p in view.places() if p.row.begins)
    QTest.mouseClick(view._chips, LEFT, pos=chips(place, view._chips.width(), True)[0][0].box.center())
    assert view.chosen_span() == "police"


@pytest.mark.parametrize(
    "text", ["", "\n", "\n\n\n", " ", "😀", "مرحبا", "\ufeffx", "\ufffex", "字" * 9_000, "a\n" * 9_000]
)
def test_odd_texts_are_shown_and_walked_through(show: Show, text: str) -> None:
    view = show(text)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Tab):
        QTest.keyClick(view, key)
    view.selectAll()
    assert view.selection() == ((0, len(text)) if text else None)
    view.set_zoom_px(30)
    assert not view.grab().isNull()


def test_ctrl_and_the_wheel_zoom_and_the_text_stays_in_its_place(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT * 5)
    view.verticalScrollBar().setValue(60)
    top = view._top_position()
    centre, up = QPointF(view.viewport().rect().center()), QPoint(0, 120)
    for _ in range(4):
        turn = QWheelEvent(
            centre,
            QPointF(view.viewport().mapToGlobal(centre.toPoint())),
            QPoint(),
            up,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        with qtbot.waitSignal(view.zoom_changed):
            QApplication.sendEvent(view.viewport(), turn)
    assert view.zoom_px() == 26
    assert abs(view._top_position() - top) < 80
    view.set_zoom_px(200)
    assert view.zoom_px() == 36


def test_the_interface_font_does_not_touch_the_text(show: Show) -> None:
    view = show()
    view.choose(None)
    rows = [(place.top, place.row.end) for place in view.places()]
    view.setFont(QFont("sans", 30))
    QGuiApplication.processEvents()
    assert [(place.top, place.row.end) for place in view.places()] == rows
    assert view.document().defaultFont().pixelSize() == 18


def test_a_tooltip_is_never_rich_text() -> None:
    from annotator.gui.text.tips import tip

    text = tip((span("police", "<b>bold</b>"),), 0)
    assert text == "<p>&lt;b&gt;bold&lt;/b&gt; · Noor</p>"


def test_many_spans_changed_at_once_are_as_if_changed_one_by_one(show: Show) -> None:
    words = ["Grin", "a task force report", "task force", "program", "police"]
    one_by_one, at_once = show(TEXT, *map(span, words[:3])), show(TEXT, *map(span, words[:3]))
    for view in (one_by_one, at_once):
        view.choose("Grin")
    other = span("task force", "actor")
    for new in (*map(span, words[3:]), other):
        one_by_one.put_span(new)
    for gone in ("Grin", "a task force report"):
        one_by_one.remove_span(gone)
    at_once.change_spans([*map(span, words[3:]), other], {"Grin", "a task force report", "nothing of that id"})
    assert at_once.spans() == one_by_one.spans()
    assert {k: n for k, n in at_once.label_counts().items() if n} == {"actor": 1, "claim": 2}
    assert at_once.chosen_span() is one_by_one.chosen_span() is None
    rows = [[(place.top, place.row.pieces) for place in view.places()] for view in (at_once, one_by_one)]
    assert rows[0] == rows[1]
