"""Getting documents in by the window: dropped, chosen, pasted; at once where all is clear, else by one dialog."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QPushButton, QWidget

import annotator
from annotator import paths
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.importing.rows import Look
from tests.gui.conftest import Desk, Run

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
ARTICLE = (paths.seeds() / "002_1c8d474140b644d1.txt").read_text("utf-8")
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def run(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return run


def held_over(target: QWidget, *files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    keys, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(300, 300), copy, data, LEFT, keys))
    return data


def drop(target: QWidget, *files: Path) -> None:
    data = held_over(target, *files)
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDropEvent(QPointF(300, 300), copy, data, LEFT, keys))


def opened(desk: Desk) -> ImportDialog:
    """The dialog, once it shows what would come in."""
    desk.wait(lambda: desk.window.importing.dialog and desk.window.importing.dialog.preview, "the dialog")
    dialog = desk.window.importing.dialog
    assert dialog is not None
    return dialog


def listed(dialog: ImportDialog) -> list[tuple[str, str]]:
    return [(row.title, row.about) for row in dialog.model.rows]


def choose(dialog: ImportDialog, part: str) -> None:
    """Click the row that has this in its title."""
    at = next(at for at, row in enumerate(dialog.model.rows) if part in row.title)
    index = dialog.model.index(at)
    dialog.view.scrollTo(index)
    QTest.mouseClick(dialog.view.viewport(), LEFT, pos=dialog.view.visualRect(index).center())


def click(button: QPushButton | QCheckBox) -> None:
    at = QPoint(12, button.height() // 2) if isinstance(button, QCheckBox) else button.rect().center()
    QTest.mouseClick(button, LEFT, pos=at)


def texts(study: Path) -> list[str]:
    with annotator.open(study) as project:
        return [project.documents.text(document.id) for document in project.documents][5:]


def test_clean_files_come_in_at_once_wherever_they_are_dropped(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(desk.window, write("a.txt", "A text."), write("b.md", "B text."))
        desk.wait(lambda: len(desk.documents()) == 7, "the documents")
        assert desk.notice() == "2 documents imported."
        drop(desk.window.mode, write("a.txt", "A text."))
        desk.wait(lambda: "here already" in desk.notice(), "the notice")
        assert desk.window.importing.dialog is None

    run(script, study)
    assert texts(study) == ["A text.", "B text."]


def test_what_is_held_over_the_window_is_told_and_let_go_of(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        veil = desk.window.veil
        held_over(desk.window.mode, write("a.txt", "A"))
        assert veil.isVisible()
        QApplication.sendEvent(desk.window.mode, QDragLeaveEvent())
        assert not veil.isVisible()
        held_over(desk.window, write("a.txt", "A"))
        assert veil.geometry() == desk.window.rect()
        QTest.mouseMove(desk.window.mode, QPoint(40, 40))  # no mouse moves while a drag is on: it ended elsewhere
        desk.wait(lambda: not veil.isVisible(), "the veil to go")

    run(script, study)


def test_an_encoding_is_confirmed_or_another_one_chosen(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(desk.window.mode, write("old.txt", "Über die Straße".encode("cp1252")))
        dialog = opened(desk)
        assert listed(dialog) == [("“Über die Straße”", "Which encoding is right?")]
        assert not dialog.main.isEnabled()
        assert dialog.state.text() == "1 file needs an encoding first."
        box = dialog.detail.encoding.box
        box.setFocus()
        box.setCurrentIndex(box.findData("cp1251"))
        box.activated.emit(box.currentIndex())
        desk.wait(lambda: "Ьber" in dialog.detail.text.toPlainText(), "the text as Cyrillic")
        assert dialog.main.isEnabled()
        box.setCurrentIndex(box.findData("cp1252"))
        box.activated.emit(box.currentIndex())
        desk.wait(lambda: dialog.detail.text.toPlainText() == "Über die Straße", "the text as it is")
        assert dialog.main.text() == "Import 1 document"
        click(dialog.main)
        desk.wait(lambda: len(desk.documents()) == 6, "the document")

    run(script, study)
    assert texts(study) == ["Über die Straße"]


def test_one_encoding_is_taken_for_all_files_that_ask(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(desk.window.mode, *(write(f"{n}.txt", f"Straße {n}".encode("cp1252")) for n in range(3)))
        dialog = opened(desk)
        assert dialog.detail.encoding.use_for_all.text() == "Use it for all 3"
        click(dialog.detail.encoding.use_for_all)
        desk.wait(dialog.main.isEnabled, "the encodings")
        QTest.keyClick(dialog, KEY.Key_Return)
        desk.wait(lambda: len(desk.documents()) == 8, "the documents")

    run(script, study)
    assert texts(study) == ["Straße 0", "Straße 1", "Straße 2"]


def test_mojibake_is_shown_beside_its_repair_and_repaired_if_wanted(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(
            desk.window.mode,
            write("a.txt", "😀 â€œHelloâ€ she said"),
            write("b.txt", "MontrÃ©al"),
            write("c.txt", "fine"),
        )
        dialog = opened(desk)
        detail = dialog.detail
        assert [about for _, about in listed(dialog)] == ["mojibake in 2 places", "mojibake in 1 place", "c.txt"]
        assert detail.text.toPlainText() == "😀 â€œHelloâ€ she said"
        assert detail.new.toPlainText() == "😀 “Hello” she said"
        marked = [each.cursor.selectedText() for each in detail.text.extraSelections()]
        assert marked == ["â€œ", "â€"]
        assert [each.cursor.selectedText() for each in detail.new.extraSelections()] == ["“", "”"]
        assert not detail.repair.isChecked()
        click(detail.repair)
        choose(dialog, "MontrÃ©al")
        assert not detail.repair.isChecked()
        choose(dialog, "Hello")
        assert detail.repair.isChecked()
        click(dialog.main)
        desk.wait(lambda: "Mojibake was repaired in 1 document." in desk.notice(), "the notice")

    run(script, study)
    assert texts(study) == ["😀 “Hello” she said", "MontrÃ©al", "fine"]


def test_duplicates_and_near_duplicates_name_the_other_document(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(desk.window.mode, write("same.txt", ARTICLE), write("near.txt", ARTICLE.replace("report", "paper")))
        dialog = opened(desk)
        near, same = dialog.model.rows
        assert (near.look, same.look) == (Look.WARNED, Look.PRESENT)
        assert "Nearly the same as “Report: Immigration program" in dialog.detail.warning.text()
        dialog.view.setFocus()
        QTest.keyClick(dialog.view, KEY.Key_Down)
        assert "The same text is in the project already, as “Report:" in dialog.detail.warning.text()
        assert dialog.main.text() == "Import 1 document"
        click(dialog.main)
        desk.wait(lambda: len(desk.documents()) == 6, "the document")

    run(script, study)


def test_what_is_refused_keeps_all_out_until_it_is_left_out_on_purpose(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(desk.window.mode, write("news.csv", "text,title\nfine,A\n,<b>B</b>\nfine too,C\n"))
        dialog = opened(desk)
        assert [title for title, _ in listed(dialog)] == ["news.csv, line 3", "news.csv", "A", "C"]
        assert dialog.detail.problem.text() == "It has no text."
        assert not dialog.main.isEnabled()
        click(dialog.skip)
        assert dialog.main.isEnabled()
        click(dialog.main)
        desk.wait(lambda: desk.notice() == "2 documents imported. 1 was left out.", "the notice")
        desk.trigger("undo")
        desk.wait(lambda: len(desk.documents()) == 5, "both to be taken back in one step")

    run(script, study)


def test_a_table_is_mapped_by_choosing_columns(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        drop(desk.window.mode, write("news.csv", "a,b,c\n1,the words,Metro\n"))
        dialog = opened(desk)
        assert listed(dialog) == [("news.csv", "Which column is the text?")]
        boxes = dialog.detail.columns.boxes
        boxes["text"].setFocus()
        QTest.keyClick(boxes["text"], KEY.Key_B)
        desk.wait(dialog.main.isEnabled, "the mapping")
        assert boxes["text"].hasFocus(), "the keyboard stays where it is"
        choose(dialog, "news.csv")
        assert dialog.detail.columns.table.model().headerData(1, Qt.Orientation.Horizontal) == "b → Text"
        boxes["outlet"].setFocus()
        QTest.keyClick(boxes["outlet"], KEY.Key_C)
        desk.wait(lambda: dialog.preview and dialog.preview.new[0].document.outlet == "Metro", "the outlet")
        click(dialog.main)
        desk.wait(lambda: len(desk.documents()) == 6, "the document")

    run(script, study)
    with annotator.open(study) as project:
        document = list(project.documents)[-1]
        assert (document.outlet, document.fields) == ("Metro", (("a", "1"),))


def test_a_copied_text_becomes_a_document_with_a_title(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        QGuiApplication.clipboard().setText("<b>Words</b> from a page.\nMore of them.")
        desk.text.setFocus()
        desk.key(KEY.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        dialog = opened(desk)
        assert dialog.detail.text.toPlainText() == "<b>Words</b> from a page.\nMore of them."
        dialog.title.setFocus()
        QTest.keyClicks(dialog.title, "What the page says")
        QTest.keyClick(dialog.title, KEY.Key_Return)
        desk.wait(lambda: desk.documents()[-1].startswith("What the page says"), "the document")

    run(script, study)
    assert texts(study) == ["<b>Words</b> from a page.\nMore of them."]


def test_copied_files_are_imported_and_an_empty_clipboard_says_so(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        QGuiApplication.clipboard().setText(" ")
        desk.trigger("paste_document")
        assert "no text on the clipboard" in desk.notice()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(write("a.txt", "A text.")))])
        QGuiApplication.clipboard().setMimeData(data)
        desk.trigger("paste_document")
        desk.wait(lambda: len(desk.documents()) == 6, "the document")
        QGuiApplication.clipboard().clear()

    run(script, study)


def test_cancelling_imports_nothing_and_another_import_can_begin(run: Run, study: Path, write: Write) -> None:
    def script(desk: Desk) -> None:
        for _ in range(2):
            drop(desk.window.mode, write("news.csv", "text\nfine\n"))
            dialog = opened(desk)
            QTest.keyClick(dialog, KEY.Key_Escape)
            desk.wait(lambda: desk.window.importing.dialog is None, "the dialog to go")
        assert len(desk.documents()) == 5

    run(script, study)
    assert texts(study) == []


def test_what_can_not_be_read_at_all_is_a_notice(run: Run, study: Path, write: Write, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    def script(desk: Desk) -> None:
        drop(desk.window.mode, write("picture.txt", b"\x89PNG\r\n\x1a\n\x00\xff"))
        desk.wait(lambda: "picture.txt: a picture, which annotator does not read" in desk.notice(), "the reason")
        drop(desk.window.mode, tmp_path / "empty")
        desk.wait(lambda: "no file in the folder" in desk.notice(), "the reason")
        drop(desk.window.mode, tmp_path / "gone.txt")
        desk.wait(lambda: "There is no file" in desk.notice(), "the reason")

    run(script, study)


def test_nothing_is_imported_into_a_project_that_is_read_only(run: Run, study: Path, write: Write) -> None:
    study.chmod(0o444)

    def script(desk: Desk) -> None:
        drop(desk.window.mode, write("a.txt", "A text."))
        desk.wait(lambda: "read-only: nothing can be imported" in desk.notice(), "the reason")

    run(script, study)


def test_files_that_need_a_look_become_a_new_project_and_then_the_dialog(
    run: Run, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.settings import Settings

    (tmp_path / "broken.annotator").write_text("not a project")
    Settings(last_project=str(tmp_path / "broken.annotator")).save()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new.annotator"), ""))

    def script(desk: Desk) -> None:
        drop(desk.window.start, write("old.txt", "Straße".encode("cp1252")))
        dialog = opened(desk)
        click(dialog.detail.encoding.use)
        desk.wait(dialog.main.isEnabled, "the encoding")
        click(dialog.main)
        desk.wait(lambda: desk.documents() and "Straße" in desk.documents()[0], "the document")

    run(script)


def test_a_large_table_leaves_the_window_free_and_can_be_stopped(run: Run, study: Path, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("text\n" + "".join(f"{'many words ' * 40}{n}\n" for n in range(15_000)))

    def script(desk: Desk) -> None:
        drop(desk.window.mode, path)
        desk.wait(lambda: desk.window.importing.dialog, "the dialog while it is read")
        dialog = desk.window.importing.dialog
        assert dialog is not None
        assert not dialog.main.isEnabled()
        QTest.keyClick(dialog, KEY.Key_Escape)
        desk.wait(lambda: desk.window.importing.dialog is None, "the dialog to go")
        desk.window.activateWindow()
        desk.tag("Latino activists", KEY.Key_3)

    run(script, study)
    assert texts(study) == []
