"""What the window asks: where to export to, whose spans these are, whether to close with something unsaved."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import annotator
from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.dialogs.name import NameDialog
from annotator.gui.dialogs.unsaved import UnsavedDialog
from annotator.settings import Settings
from annotator.storage import connection as connections
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
WORDS = "Latino activists"


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


def test_the_export_dialog_writes_spans_as_csv_beside_the_project(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.trigger("export")
        desk.wait(lambda: desk.window.findChildren(ExportDialog), "the dialog")
        dialog = desk.window.findChildren(ExportDialog)[0]
        dialog.layouts.setFocus()
        QTest.keyClick(dialog.layouts, KEY.Key_End)
        assert dialog.target.text() == str(study.with_suffix(".csv"))
        assert not dialog.card.isEnabled()
        dialog.accept()
        desk.wait(lambda: "5 documents with 1 span written" in desk.notice(), "the report")
        assert "4 documents without spans are left out." in desk.notice()

    run(script, study)
    (row,) = csv.DictReader(io.StringIO(study.with_suffix(".csv").read_text("utf-8-sig"), newline=""))
    assert (row["text"], row["label"]) == (WORDS, "actor")


def test_closing_asks_first_where_a_change_cannot_be_saved_and_goes_on_once_it_is(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connections._PRAGMAS, "busy_timeout", 50)

    def script(desk: Desk) -> None:
        other = sqlite3.connect(study, isolation_level=None)
        other.execute("begin immediate")
        desk.select(WORDS)
        desk.key(KEY.Key_3)
        desk.window.close()
        asked = lambda: desk.window.findChildren(UnsavedDialog)  # noqa: E731
        desk.wait(asked, "the question")
        assert desk.window.isVisible()
        QTest.keyClick(asked()[0], KEY.Key_Escape)
        desk.wait(lambda: not asked(), "the question to go")
        desk.window.close()
        desk.wait(asked, "the question again")
        other.execute("rollback")
        other.close()
        desk.wait(lambda: not desk.window.isVisible(), "the window to close by itself")

    run(script, study)
    with annotator.open(study) as project:
        assert [span.text for span in project.spans("000_e6868b451969a881")] == [WORDS]


def test_closing_without_saving_loses_only_what_was_not_saved(run: Run, study: Path) -> None:
    moved = study.with_name("moved.annotator")

    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        study.rename(moved)
        desk.select("task force hearings")
        desk.key(KEY.Key_1)
        desk.wait(lambda: "moved or deleted" in desk.notice(), "the notice")
        assert desk.foot() == "Not saved"
        desk.window.close()
        desk.wait(lambda: desk.window.findChildren(UnsavedDialog), "the question")
        dialog = desk.window.findChildren(UnsavedDialog)[0]
        leave = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Close without saving")
        QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
        desk.wait(lambda: not desk.window.isVisible(), "the window to close")

    run(script, study)
    with annotator.open(moved) as project:
        assert [span.text for span in project.spans("000_e6868b451969a881")] == [WORDS]


def test_export_asks_before_it_replaces_a_file(run: Run, study: Path) -> None:
    there = study.with_suffix(".jsonl")
    there.write_text("mine")

    def script(desk: Desk) -> None:
        desk.trigger("export")
        desk.wait(lambda: desk.window.findChildren(ExportDialog), "the dialog")
        dialog = desk.window.findChildren(ExportDialog)[0]
        QTest.keyClick(dialog.target, KEY.Key_Return)
        assert "is there already" in dialog.problem.text()
        assert there.read_text() == "mine"
        QTest.keyClick(dialog.target, KEY.Key_Return)
        desk.wait(lambda: "written" in desk.notice(), "the report")

    run(script, study)
    assert len(there.read_text("utf-8").splitlines()) == 5


def test_another_name_has_spans_of_its_own(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.trigger("name")
        desk.wait(lambda: desk.window.findChildren(NameDialog), "the dialog")
        field = desk.window.findChildren(NameDialog)[0].field
        field.activateWindow()
        desk.wait(field.hasFocus, "the focus")  # else Return still belongs to the text
        field.clear()
        QTest.keyClicks(field, "Noor Haddad")
        QTest.keyClick(field, KEY.Key_Return)
        desk.wait(lambda: desk.window.foot.annotator.text() == "Noor Haddad", "the name")
        desk.wait(lambda: not desk.spans() and desk.text.isVisible(), "the other's spans to go")

    run(script, study)
    assert Settings.load().annotator == "Noor Haddad"
