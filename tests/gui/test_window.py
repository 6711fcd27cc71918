"""The window around the annotating: projects that open or don't, faults, other programs, files dropped."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

import annotator
from annotator.gui import app, crash
from annotator.gui.dialogs.crashed import CrashDialog
from annotator.gui.widgets.header import ModeSwitch
from annotator.settings import Settings
from annotator.storage import connection as connections
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
WORDS = "Latino activists"


def test_another_programs_span_appears_by_itself(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        with annotator.open(study) as other:
            document = other.documents.find("000")
            other.tag(document.id, "claim", 0, 10)
        desk.wait(lambda: desk.spans() == ["claim: “Before the”"], "the other program's span")

    run(script, study)


def test_a_span_waits_while_another_program_writes_and_is_saved_after(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connections._PRAGMAS, "busy_timeout", 50)

    def script(desk: Desk) -> None:
        other = sqlite3.connect(study, isolation_level=None)
        other.execute("begin immediate")
        desk.select(WORDS)
        desk.key(KEY.Key_3)
        desk.wait(lambda: "Your change is kept" in desk.notice(), "the notice")
        assert desk.foot() == "Not saved: retrying"
        assert desk.spans() == [f"actor: “{WORDS}”"]
        other.execute("rollback")
        other.close()
        desk.settle()
        desk.wait(lambda: desk.foot().startswith("Saved"), "the foot")
        assert desk.notice() == ""

    run(script, study)
    with annotator.open(study) as project:
        assert [span.text for span in project.spans("000_e6868b451969a881")] == [WORDS]


def test_a_read_only_project_can_be_read_and_says_so(run: Run, study: Path) -> None:
    study.chmod(0o444)

    def script(desk: Desk) -> None:
        assert "read-only" in desk.notice()
        desk.select(WORDS)
        desk.key(KEY.Key_3)
        QTest.qWait(50)
        assert desk.spans() == []
        assert not desk.named("claim").isEnabled()

    run(script, study)


@pytest.mark.parametrize("content", [b"", b"just a text", b"SQLite format 3\0" + b"\0" * 84])
def test_a_file_that_is_no_project_is_refused_before_a_window_opens(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.annotator"
    path.write_bytes(content)
    assert app.main(str(path)) == 1
    assert "x.annotator is" in capsys.readouterr().err
    assert path.read_bytes() == content


def test_a_damaged_last_project_leads_to_the_start_page_with_the_reason(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.annotator"
    broken.write_text("not a project")
    Settings(last_project=str(broken)).save()

    def script(desk: Desk) -> None:
        assert "broken.annotator is not an annotator project" in desk.notice()

        QTest.keyClick(desk.named("Open the sample project"), KEY.Key_Return)
        desk.wait(lambda: len(desk.documents()) == 5, "the sample")

    run(script)


def test_a_bug_while_opening_leads_to_the_start_page_and_the_window_can_be_closed(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(crash.CrashGuard, "caught", lambda _, error: told.append(error))

    def broken(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(annotator, "open", broken)

    def script(desk: Desk) -> None:
        assert "something went wrong" in desk.notice()
        assert desk.named("New project").isVisible()

    run(script, study)
    assert [str(error) for error in told] == ["a bug"]


def test_a_bug_is_told_logged_and_the_work_goes_on(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real crash guard, in a home of its own
    monkeypatch.setenv("XDG_CACHE_HOME", str(study.parent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(study.parent))

    def broken(_: object) -> None:
        raise ValueError("a bug in a job")

    def script(desk: Desk) -> None:
        assert desk.window.worker is not None
        desk.window.worker.read(broken)
        desk.wait(lambda: desk.window.findChildren(CrashDialog), "the crash dialog")
        desk.window.findChildren(CrashDialog)[0].close()
        desk.window.activateWindow()
        desk.tag(WORDS, KEY.Key_3)

    run(script, study)
    assert "a bug in a job" in Path(crash.log_file()).read_text()
    with annotator.open(study) as project:
        assert len(project.spans("000_e6868b451969a881")) == 1


def test_an_imported_text_is_opened_and_undo_takes_it_back(
    run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "smile 😀.txt"
    article.write_bytes("A 😀 first line.\r\nEin zweiter: naïve\u2028dritte.".encode())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(article)], ""))

    def script(desk: Desk) -> None:
        desk.trigger("import")
        desk.wait(lambda: desk.stored().startswith("A 😀 first"), "the text")
        desk.tag("first line", KEY.Key_1)
        desk.tag("naïve", KEY.Key_2)
        assert [span.text for span in desk.text.spans()] == ["first line", "naïve"]
        for _ in range(3):
            desk.trigger("undo")
            desk.settle()
        desk.wait(lambda: len(desk.documents()) == 5, "the document to go")
        desk.wait(lambda: not desk.stored().startswith("A 😀"), "another document to be shown")

    run(script, study)


def test_text_files_dropped_on_an_open_project_are_imported(run: Run, study: Path, tmp_path: Path) -> None:
    article = tmp_path / "dropped.txt"
    article.write_text("A dropped text.")

    def script(desk: Desk) -> None:
        drop(desk.window.mode, article)
        desk.wait(lambda: len(desk.documents()) == 6, "the document")

    run(script, study)


def test_text_files_dropped_on_the_start_page_become_a_project(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.annotator").write_text("not a project")
    Settings(last_project=str(tmp_path / "broken.annotator")).save()
    article, path = tmp_path / "dropped.txt", tmp_path / "new.annotator"
    article.write_text("A dropped text.")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    def script(desk: Desk) -> None:
        assert not desk.window.findChildren(ModeSwitch)[0].isVisible(), "there is nothing yet to switch"
        drop(desk.window.start, tmp_path / "bad.txt")
        desk.wait(lambda: "bad.txt" in desk.notice(), "the reason")
        assert not path.exists()
        drop(desk.window.start, article)
        desk.wait(lambda: desk.documents() == ["“A dropped text.”"], "the document")

    run(script)


def drop(target: QWidget, *files: Path) -> None:
    """Let go of files over a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    keys, buttons, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    event = QDragEnterEvent(QPoint(300, 300), copy, data, buttons, keys)
    QApplication.sendEvent(target, event)
    assert event.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(300, 300), copy, data, buttons, keys))


def test_what_was_accepted_is_written_when_the_screen_goes_away_under_the_window(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.select(WORDS)
        desk.key(KEY.Key_3)
        QApplication.exit(1)  # as Qt does when the X server ends: no window is closed

    assert run(script, study) == 1
    with annotator.open(study) as project:
        assert [span.text for span in project.spans("000_e6868b451969a881")] == [WORDS]
