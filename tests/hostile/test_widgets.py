"""Markup in every text that a project holds, in every widget that shows it: never rendered, always to be read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)

import annotator
from annotator.domain.codebook import AttributeKind, AttributeType, RelationType
from annotator.domain.default_codebook import DEFAULT
from annotator.domain.document import State
from annotator.gui.actions import rows
from annotator.settings import Settings
from tests.endure.table import Tally
from tests.gui.conftest import Desk, Run
from tests.gui.conftest import run as run
from tests.hostile.corpus import markup
from tests.hostile.test_readers import PROMISE

RED = "#FE01FD"  # a colour that the program has nowhere


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A picture in one colour: where it is rendered, its pixels are to be seen."""
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor(RED))
    assert picture.save(str(tmp_path / "red.png"))
    return tmp_path / "red.png"


@pytest.fixture
def hostile(image: Path, tmp_path: Path) -> Path:
    """A project in which every text that people or files give is markup."""
    words = markup(image)
    name = '<img src="red.png"><b>bold</b>'  # names are short: the picture lies in the current folder
    label = replace(DEFAULT.labels[0], name=name, guideline=words)
    kind = AttributeType(name, f"a{name}", AttributeKind.CHOICE, (f"o{name}", name), guideline=words)
    entity = AttributeType(name, f"e{name}", AttributeKind.ENTITY, ())
    book = replace(
        DEFAULT,
        labels=(label, *DEFAULT.labels[1:]),
        attributes=(kind, entity),
        relations=(RelationType(f"r{name}", (), (), words),),
    )
    Settings(annotator=f"K{name}").save()
    path = tmp_path / "<img src=red.png><b>s.annotator"
    for number in range(3):
        (tmp_path / f"<img src=red.png>{number}.txt").write_text(f"{words} {number}\n" * 3, "utf-8")
    with annotator.new(path, codebook=book, annotator=f"K{name}") as project:
        added = project.import_files(sorted(tmp_path.glob("<img*.txt"))).added
        for document in added:
            project.change_document(document.id, title=words, outlet=words, author=words, fields={name: words})
            project.set_document_note(document.id, words)
            spans = [
                project.tag(
                    document.id, name, start, start + 60, note=words, attributes={f"a{name}": name, f"e{name}": name}
                )
                for start in (0, 30)
            ]
            project.relate(spans[0].id, f"r{name}", spans[1].id)
            project.comment(document.id, words, spans=[spans[0].id])
        project.revise(added[0].id, f"{words} anew\n" * 3)
        for document in added[1:]:
            project.set_state(document.id, State.DONE)
    with annotator.open(path, f"L{name}") as other:
        other.tag(added[1].id, name, 5, 60, note=words)
        other.set_state(added[1].id, State.DONE)
    with annotator.open(path, "reviewer") as reviewer:
        for item in reviewer.review_queue()[:1]:
            reviewer.decide(item, "accept", candidate=0, reason=words)
    return path


def seen(widget: QWidget) -> int:
    """How many pixels of the picture a widget shows."""
    drawn = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = QColor(RED).rgb() & 0xFFFFFF
    words = memoryview(drawn.constBits()).cast("I")
    return sum(1 for word in words if word & 0xFFFFFF == wanted)


def rich(widget: QWidget) -> Iterator[str]:
    """Yield what a widget, or one in it, would render of a text: its words, and where they are."""
    for part in (widget, *widget.findChildren(QWidget)):
        texts = [part.toolTip(), part.whatsThis(), part.statusTip()]
        if isinstance(part, QMessageBox):
            plain = part.textFormat() == Qt.TextFormat.PlainText
            texts += [] if plain else [part.text(), part.informativeText()]
        elif isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText:
            texts.append(part.text())
        elif isinstance(part, QTextEdit) and part.acceptRichText():
            texts.append(part.toHtml() if "<img" in part.toHtml() else "")
        elif isinstance(part, QAbstractItemView) and part.model():
            texts += list(of_model(part.model()))
        yield from (f"{type(part).__name__}: {text[:60]}" for text in texts if renders(text))


def of_model(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    """Yield the tooltips of a model's rows; their words are painted by delegates, which `seen` looks at."""
    root = parent or QModelIndex()
    for row in range(min(model.rowCount(root), 50)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(root)):
            index = model.index(row, column, root)
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            if column == 0:
                yield from of_model(model, index)


def renders(text: str) -> bool:
    """Whether Qt would take this for rich text and render what somebody gave."""
    return QtGui.Qt.mightBeRichText(text) and ("<img" in text or "<b>bold" in text or "<a href" in text)


def windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def looked_at(where: str) -> None:
    """Look at all that is open now."""
    QTest.qWait(40)
    for window in windows():
        assert list(rich(window)) == [], where
        assert seen(window) == 0, where


def hover(widget: QWidget) -> None:
    """Ask for the tooltip at places all over a widget."""
    for x in range(4, widget.width(), max(8, widget.width() // 12)):
        for y in range(4, widget.height(), max(6, widget.height() // 40)):
            at = QPoint(x, y)
            QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
            if text := QToolTip.text():
                assert not renders(text), text
    QToolTip.hideText()


def close_all(desk: Desk) -> None:
    """Leave every dialog, popup and room that is open."""
    for _ in range(6):
        for widget in [QApplication.activePopupWidget(), QApplication.activeModalWidget()]:
            if widget and widget is not desk.window:
                widget.close()
        QTest.qWait(5)
    desk.window.show_page()


ASKS_FILES = {"new", "open", "quit", "open_sample"}  # these ask the system, or leave the project
CHANGES = {"undo", "redo", "delete", "done", "todo", "in_progress", "paste_document"}


def test_the_probe_sees_what_it_is_there_for(qapp: QApplication, image: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else no test here could fail."""
    monkeypatch.chdir(image.parent)
    by_name = QLabel('<img src="red.png"><b>bold</b>')
    by_name.show()
    QTest.qWait(20)
    assert seen(by_name) > 1000
    by_name.close()
    label = QLabel(markup(image))
    label.setToolTip(markup(image))
    label.show()
    QTest.qWait(20)
    assert seen(label) > 1000
    assert len(list(rich(label))) == 2
    label.setTextFormat(Qt.TextFormat.PlainText)
    QTest.qWait(20)
    assert seen(label) == 0
    label.close()


def test_no_widget_renders_what_a_project_says(
    run: Run, hostile: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.parent)  # a name of a file can hold a picture's relative address
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_, **__: ("", ""))

    def script(desk: Desk) -> None:
        window = desk.window
        desk.wait(lambda: desk.spans(), "the spans")
        for mode in ("mode_annotate", "mode_review", "mode_analyse"):
            if (action := window.actions_table[mode]).isEnabled():
                with tally(PROMISE, "widgets with markup: 0 pixels rendered, tooltips and boxes included"):
                    action.trigger()
                    QTest.qWait(150)
                    looked_at(mode)
                    for part in window.findChildren(QAbstractItemView):
                        if part.isVisible():
                            hover(part.viewport())
        window.actions_table["mode_annotate"].trigger()
        desk.text.choose(desk.text.spans()[0].id)
        hover(desk.text.viewport())
        for row in rows():
            action = window.actions_table[row.id]
            if row.menu and row.id not in ASKS_FILES | CHANGES and action.isEnabled():
                with tally(PROMISE, "widgets with markup: 0 pixels rendered, tooltips and boxes included"):
                    desk.text.setFocus()
                    for span in desk.text.spans()[:1]:  # none in a document to which an action before led
                        desk.text.choose(span.id)
                    action.trigger()
                    QTest.qWait(60)
                    looked_at(row.id)
                    close_all(desk)
        for tell in (window.refused, window.told):
            tell(f"No: <img src={hostile.parent / 'red.png'}><b>x</b>")
            looked_at("a notice")

    assert run(script, hostile) == 0
