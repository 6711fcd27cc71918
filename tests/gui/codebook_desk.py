"""A codebook editor in a bare window, for the tests of what it shows and asks for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.default_codebook import DEFAULT
from annotator.gui import style
from annotator.gui.codebook.editor import CodebookEditor
from annotator.gui.theme import Theme

LIGHT = Theme.load("light")
KEY, ALT, CTRL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
STORED = replace(
    DEFAULT,
    labels=tuple(replace(label, id=f"l{n}") for n, label in enumerate(DEFAULT.labels)),
    attributes=tuple(replace(each, id=f"a{n}") for n, each in enumerate(DEFAULT.attributes)),
    relations=tuple(replace(each, id=f"r{n}") for n, each in enumerate(DEFAULT.relations)),
)
SIGNALS = [
    "label_added",
    "label_changed",
    "label_moved",
    "labels_merged",
    "label_removed",
    "attribute_added",
    "attribute_changed",
    "attribute_moved",
    "attribute_removed",
    "relation_added",
    "relation_changed",
    "relation_removed",
    "import_asked",
    "export_asked",
]


class Desk:
    """An editor, and what it has asked for so far."""

    def __init__(self, editor: CodebookEditor) -> None:
        self.editor = editor
        self.form = editor.middle.label_form
        self.told: list[tuple[Any, ...]] = []
        for name in SIGNALS:
            getattr(editor.requests, name).connect(lambda *values, name=name: self.told.append((name, *values)))
        editor.closed.connect(lambda: self.told.append(("closed",)))

    def show(self, codebook: Codebook) -> None:
        self.editor.set_codebook(codebook, LIGHT)

    def type(self, field: QWidget, text: str) -> None:
        field.setFocus()
        QTest.keyClick(field, KEY.Key_A, CTRL)
        QTest.keyClicks(field, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)

    def click(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def changed(old: str, **values: Any) -> Codebook:
    """The stored codebook with one label changed."""
    labels = tuple(replace(label, **values) if label.name == old else label for label in STORED.labels)
    return replace(STORED, labels=labels)


def opened(qapp: QApplication) -> Iterator[Desk]:
    """Give a desk with an editor on the default codebook; take everything down after."""
    style.apply(qapp, LIGHT)
    window = QMainWindow()  # dialogs belong to it, and Escape in them isn't the editor's
    editor = CodebookEditor(LIGHT)
    window.setCentralWidget(editor)
    editor.set_codebook(STORED, LIGHT)
    editor.set_counts({"claim": (13, 4), "actor": (1, 1)})
    window.resize(1440, 820)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield Desk(editor)
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def modal(kind: type[QWidget]) -> Any:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    found.activateWindow()
    for _ in range(200):
        if QApplication.activeWindow() is found and found.isAncestorOf(QApplication.focusWidget() or found):
            return found
        QTest.qWait(10)
    raise AssertionError(f"{found} has not become active")
