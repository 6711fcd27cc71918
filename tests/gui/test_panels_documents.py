"""The panel of documents: what it lists, finds, sorts and says."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.document import Document, DocumentStatus, State
from annotator.gui import style
from annotator.gui.annotate import documents_model, documents_panel
from annotator.gui.annotate.documents_filter import BLOCK
from annotator.gui.annotate.documents_model import DocumentsModel, SortOrder
from annotator.gui.annotate.documents_panel import DocumentsPanel
from annotator.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # says the screenless platform

LIGHT = Theme.load("light")


def status(
    key: str, title: str | None = None, *, spans: int = 0, state: State = State.TODO, **more: str
) -> DocumentStatus:
    fields = {"outlet": None, "author": None, "published": None, "beginning": f"The beginning of {key}."} | more
    absent = dict.fromkeys(("language", "url", "source_file", "source_sha256"))
    created = "2026-01-01T00:00:00.000Z"
    document = Document(id=key, title=title, text_sha256="", length=99, created=created, **absent, **fields)  # type: ignore[arg-type]
    return DocumentStatus(document, spans, state)


FIVE = [
    status("a", spans=21, state=State.IN_PROGRESS, beginning="“Before the Administration enacted its review"),
    status("b", "Zebras", author="Mirela Iverac"),
    status("c", "Report: police distracted", outlet="CNN", spans=24, state=State.DONE),
    status("d", "Critical task force", outlet="WNYC News", published="2011-09-17", spans=1, state=State.DONE),
    status("e", "aclu Lens", outlet="ACLU", published="2011-09-16"),
]


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.Paint
        return False


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> DocumentsPanel:
    style.apply(qapp, LIGHT)
    made = DocumentsPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(256, 600)
    made.set_statuses(FIVE)
    made.show()
    return made


def listed(panel: DocumentsPanel) -> str:
    return "".join(s.document.id for s in panel.model.shown())


def chosen_by_user(panel: DocumentsPanel) -> list[str]:
    told: list[str] = []
    panel.document_chosen.connect(told.append)
    return told


def click_row(panel: DocumentsPanel, row: int) -> None:
    place = panel.view.visualRect(panel.model.index(row)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_another_list_is_painted_once_it_is_all_there(panel: DocumentsPanel) -> None:
    QApplication.processEvents()
    painted = Painted(panel.bar)
    panel.set_statuses([status(key, state=State.DONE) for key in "fgh"])
    assert painted.times == 0
    QApplication.processEvents()
    assert painted.times == 1
    assert (panel.bar.maximum(), panel.bar.value()) == (3, 3)


def test_a_screen_reader_finds_the_list_and_its_items_by_name(panel: DocumentsPanel) -> None:
    spoken = QAccessible.queryAccessibleInterface(panel.view)
    assert (spoken.text(QAccessible.Text.Name), spoken.role()) == ("Documents", QAccessible.Role.List)
    names = [spoken.child(i).text(QAccessible.Text.Name) for i in range(spoken.childCount())]
    assert names[0] == "“Before the Administration enacted its review”"
    assert names[1:] == ["Zebras", "Report: police distracted", "Critical task force", "aclu Lens"]


def test_only_the_list_is_called_documents(panel: DocumentsPanel) -> None:
    assert panel.header.title.accessibleName() == "5 documents"
    assert panel.filter.accessibleName() == "Filter documents"


def test_a_row_tells_its_state_in_words(panel: DocumentsPanel) -> None:
    told = panel.model.data(panel.model.index(3), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert told == "WNYC News · 17 Sep 2011 · 1 span · done"


def test_a_click_chooses_and_is_told_once(panel: DocumentsPanel) -> None:
    told = chosen_by_user(panel)
    click_row(panel, 2)
    click_row(panel, 2)
    assert (told, panel.current()) == (["c"], "c")


def test_choosing_from_outside_is_not_told(panel: DocumentsPanel) -> None:
    told = chosen_by_user(panel)
    panel.choose("d")
    assert (told, panel.current(), panel.view.currentIndex().row()) == ([], "d", 3)


def test_arrow_keys_choose(panel: DocumentsPanel) -> None:
    told = chosen_by_user(panel)
    panel.choose("a")
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert told == ["b", "c"]


def test_getting_the_focus_chooses_nothing(panel: DocumentsPanel) -> None:
    told = chosen_by_user(panel)
    panel.filter.setFocus()
    QTest.keyClick(panel.filter, Qt.Key.Key_Tab)
    assert panel.view.hasFocus()
    assert (told, panel.current()) == ([], None)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_click_beside_the_rows_or_with_ctrl_lets_nothing_go(
    panel: DocumentsPanel, modifier: Qt.KeyboardModifier
) -> None:
    panel.choose("a")
    place = panel.view.visualRect(panel.model.index(0)).center()
    if not modifier:
        place = QPoint(100, panel.view.viewport().height() - 3)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    assert panel.current() == "a"
    assert [index.row() for index in panel.view.selectionModel().selectedRows()] == [0]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("police", "c"), ("wnyc", "d"), ("IVERAC", "b"), ("before enacted", "a"), ("the beginning", "bcde")],
)
def test_the_filter_looks_in_title_outlet_author_and_beginning(panel: DocumentsPanel, typed: str, found: str) -> None:
    QTest.keyClicks(panel.filter, typed)
    assert listed(panel) == found
    assert panel.header.count.text() == f"{len(found)} of 5"


def test_nothing_matches_is_said_in_words(panel: DocumentsPanel) -> None:
    QTest.keyClicks(panel.filter, "qwertz")
    assert panel.empty.isVisible()
    assert panel.empty.heading.text() == "Nothing matches"
    assert not panel.view.isVisible()
    QTest.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.view.isVisible()
    assert listed(panel) == "abcde"


def test_the_chosen_document_stays_chosen_while_filtered_away(panel: DocumentsPanel) -> None:
    told = chosen_by_user(panel)
    panel.choose("e")
    QTest.keyClicks(panel.filter, "police")
    assert (panel.current(), panel.view.selectionModel().selectedRows()) == ("e", [])
    panel.filter.clear()
    assert (told, panel.view.currentIndex().row()) == ([], 4)


def test_down_goes_from_the_filter_to_the_list_and_enter_takes_the_first(panel: DocumentsPanel) -> None:
    told = chosen_by_user(panel)
    QTest.keyClicks(panel.filter, "task")
    QTest.keyClick(panel.filter, Qt.Key.Key_Return)
    assert told == ["d"]
    assert panel.view.hasFocus()


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (SortOrder.PROJECT, "abcde"),
        (SortOrder.TITLE, "eadcb"),
        (SortOrder.OUTLET, "ecdab"),
        (SortOrder.DATE, "edabc"),
        (SortOrder.STATE, "abecd"),
    ],
)
def test_documents_are_sorted_with_what_is_missing_last(panel: DocumentsPanel, order: SortOrder, ids: str) -> None:
    panel.choose("c")
    next(action for action in panel.sort_menu.actions() if action.text() == order.value).trigger()
    assert listed(panel) == ids
    assert panel.view.currentIndex().row() == ids.index("c")


def test_next_and_previous_follow_what_is_seen(panel: DocumentsPanel) -> None:
    panel.choose("b")
    assert (panel.previous_id(), panel.next_id()) == ("a", "c")
    QTest.keyClicks(panel.filter, "task")
    assert (panel.previous_id(), panel.next_id()) == (None, "d")
    panel.choose("d")
    assert panel.next_id() is None


def test_without_a_choice_next_is_the_first(panel: DocumentsPanel) -> None:
    assert (panel.previous_id(), panel.next_id()) == (None, "a")


def test_the_next_to_do_goes_round_and_skips_what_is_done(panel: DocumentsPanel) -> None:
    found = []
    for key in "abe":
        panel.choose(key)
        found.append(panel.next_to_do())
    assert found == ["b", "e", "a"]
    panel.set_statuses([replace(s, state=State.DONE) for s in FIVE])
    assert panel.next_to_do() is None


def test_progress_is_told_in_words_and_as_a_bar(panel: DocumentsPanel) -> None:
    assert (panel.done.text(), panel.left.text()) == ("2 of 5 done", "3 left")
    assert (panel.bar.value(), panel.bar.maximum()) == (2, 5)
    panel.set_statuses([replace(s, state=State.DONE) for s in FIVE])
    assert (panel.done.text(), panel.left.text()) == ("5 of 5 done", "")


def test_a_new_count_leaves_the_list_where_it_is(panel: DocumentsPanel) -> None:
    panel.choose("b")
    reset: list[bool] = []
    panel.model.modelReset.connect(lambda: reset.append(True))
    panel.set_statuses([*FIVE[:1], replace(FIVE[1], spans=7, state=State.IN_PROGRESS), *FIVE[2:]])
    assert (reset, panel.current(), panel.model.shown()[1].spans) == ([], "b", 7)


def test_an_empty_project_says_what_to_do(panel: DocumentsPanel) -> None:
    panel.set_statuses([])
    assert panel.empty.isVisible()
    assert panel.empty.heading.text() == "No documents yet"
    assert not panel.bar.isVisible()


def test_a_title_of_one_line_makes_a_lower_row(panel: DocumentsPanel) -> None:
    panel.set_statuses([status("x", "Short"), status("y", "A title that is so long that it needs two lines of text")])
    heights = [panel.view.visualRect(panel.model.index(row)).height() for row in (0, 1)]
    assert heights == [51, 68]


def test_a_list_of_thousands_is_walked_chosen_and_filtered_like_a_short_one(qtbot, panel):
    many = [status(f"d{n}", f"Report {n}") for n in range(3_000)]
    panel.set_statuses(many)
    panel.choose("d2500")
    view = panel.view
    assert view.viewport().rect().intersects(view.visualRect(panel.model.index(2_500)))
    assert (panel.next_id(), panel.previous_id()) == ("d2501", "d2499")
    panel.update_statuses([replace(many[2_501], state=State.DONE)])
    assert (panel.next_to_do(), panel.done.text()) == ("d2502", "1 of 3,000 done")
    panel.filter.setText("report 299")
    qtbot.waitUntil(lambda: panel.model.complete)
    assert [s.document.id for s in panel.model.shown()][:2] == ["d299", "d1299"]
    assert panel.next_id() == "d2990"


def test_the_rest_of_a_long_filter_comes_between_frames_and_enter_does_not_wait_for_it(qtbot, panel, monkeypatch):
    monkeypatch.setattr(documents_model, "_SLICE_S", 0)
    panel.set_statuses([status(f"d{n}", f"Report {n}") for n in range(3_000)])
    panel.choose("d2999")
    reset: list[bool] = []
    panel.model.modelReset.connect(lambda: reset.append(True))
    panel.filter.setText("report")
    assert len(panel.model.shown()) == BLOCK, "one block in the time of a frame"
    qtbot.waitUntil(lambda: panel.header.count.text() == "3,000")
    assert (len(reset), panel.view.currentIndex().row()) == (1, 2_999)
    assert panel.view.indexAt(QPoint(9, 9)).row() == 0, "the first rows stay in sight"
    panel.filter.setText("report 2999")
    assert not panel.empty.isVisible(), "what is still looked for is not said to be missing"
    told = chosen_by_user(panel)
    panel.choose("d0")
    QTest.keyClick(panel.filter, Qt.Key.Key_Return)
    assert told == ["d2999"]


def test_rows_that_are_not_in_sight_are_never_asked_for(qtbot, monkeypatch):
    asked: set[int] = set()

    class Noting(DocumentsModel):
        def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            asked.add(index.row())
            return super().data(index, role)

    monkeypatch.setattr(documents_panel, "DocumentsModel", Noting)
    panel = DocumentsPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(256, 600)
    panel.show()
    panel.set_statuses([status(f"d{n}", f"Report {n}") for n in range(3_000)])
    panel.filter.setText("report")
    qtbot.waitUntil(lambda: panel.model.complete)
    qtbot.waitUntil(lambda: bool(asked))
    panel.filter.clear()
    panel.view.viewport().repaint()
    assert 0 < len(asked) < 30
