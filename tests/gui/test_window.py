"""The window around the annotating: projects that open or don't, faults, other programs, looks."""

import json
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

import annotator
from annotator.gui import app, crash
from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.dialogs.keys import KeySheet
from annotator.settings import Settings
from annotator.storage import connection as connections
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
WORDS = "Latino activists"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.annotator"
    annotator.new(path, sample=True).close()
    return path


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


def test_giving_a_change_up_takes_it_off_the_page(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections._PRAGMAS, "busy_timeout", 50)

    def script(desk: Desk) -> None:
        other = sqlite3.connect(study, isolation_level=None)
        other.execute("begin immediate")
        desk.select(WORDS)
        desk.key(KEY.Key_3)
        desk.wait(lambda: "Your change is kept" in desk.notice(), "the notice")
        assert desk.window.worker is not None
        desk.window.worker.give_up()
        assert desk.spans() == []
        other.execute("rollback")
        other.close()

    run(script, study)


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


def test_a_bug_is_told_logged_and_the_work_goes_on(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real crash guard, in a home of its own
    monkeypatch.setenv("XDG_CACHE_HOME", str(study.parent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(study.parent))

    def broken(_: object) -> None:
        raise ValueError("a bug in a job")

    def script(desk: Desk) -> None:
        assert desk.window.worker is not None
        desk.window.worker.read(broken)
        desk.wait(lambda: desk.window.findChildren(QMessageBox), "the crash dialog")
        desk.window.findChildren(QMessageBox)[0].close()
        desk.window.activateWindow()
        desk.tag(WORDS, KEY.Key_3)

    run(script, study)
    assert "a bug in a job" in Path(crash.log_file()).read_text()
    with annotator.open(study) as project:
        assert len(project.spans("000_e6868b451969a881")) == 1


def test_the_export_dialog_writes_what_the_command_line_writes(run: Run, study: Path, tmp_path: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.trigger("export")
        desk.wait(lambda: desk.window.findChildren(ExportDialog), "the dialog")
        dialog = desk.window.findChildren(ExportDialog)[0]
        dialog.accept()
        desk.wait(lambda: "5 documents with 1 span written" in desk.notice(), "the report")

    run(script, study)
    lines = [json.loads(line) for line in study.with_suffix(".jsonl").read_text("utf-8").splitlines()]
    assert [span["text"] for line in lines for span in line["spans"]] == [WORDS]
    with annotator.open(study) as project:
        project.export(tmp_path / "other.jsonl")
    assert (tmp_path / "other.jsonl").read_bytes() == study.with_suffix(".jsonl").read_bytes()


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
        desk.wait(lambda: desk.stored().startswith("Before"), "another document to be shown")

    run(script, study)


def test_an_empty_project_says_what_to_do(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.annotator"
    annotator.new(path).close()

    def script(desk: Desk) -> None:
        assert desk.window.mode.page.empty.isVisible()
        assert not desk.text.isVisible()

    run(script, path)


def test_both_themes_and_a_narrow_window_keep_the_text(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        for theme in ("dark", "light", "system"):
            desk.trigger(f"theme_{theme}")
            assert desk.text.isVisible()
        desk.window.resize(950, 640)
        QTest.qWait(20)
        assert not desk.window.mode.right.isVisible()
        desk.trigger("right_panel")
        assert desk.named("claim").isVisible()
        desk.window.resize(1400, 800)
        QTest.qWait(20)
        assert desk.window.mode.right.isVisible()

    run(script, study)


def test_f1_shows_every_key_of_the_action_table(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.key(KEY.Key_F1)
        desk.wait(lambda: desk.window.findChildren(KeySheet), "the key sheet")

    run(script, study)


def test_settings_outlive_the_window(run: Run, study: Path) -> None:
    def first(desk: Desk) -> None:
        desk.trigger("zoom_in")
        desk.trigger("theme_dark")
        desk.trigger("snap")
        desk.window.resize(900, 700)

    def second(desk: Desk) -> None:
        assert desk.text.zoom_px() == 19
        assert desk.window.look.theme.dark
        assert not desk.window.mode.tagger.snapping
        assert desk.window.height() == 700

    run(first, study)
    run(second, study)
