"""The window backs up by itself, sees damage, offers the backups, and warns of a place that others write to."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

import annotator
from annotator.gui import safekeeping
from annotator.gui.dialogs.restore import RestoreDialog
from annotator.settings import Settings
from annotator.storage import copying
from tests.gui.conftest import Desk, Run

KEY = Qt.Key
WORDS = "Latino activists"
ARTICLE = "000_e6868b451969a881"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes two seconds after the first paint comes at once."""
    monkeypatch.setattr(safekeeping, "AFTER_OPENING_MS", 10)


def backups(study: Path) -> list[Path]:
    return [each.path for each in annotator.backups(study)]


def dialog(desk: Desk) -> RestoreDialog:
    desk.wait(lambda: desk.window.findChildren(RestoreDialog), "the dialog")
    return desk.window.findChildren(RestoreDialog)[-1]


def press(desk: Desk, text: str) -> None:
    """Press a button in a notice that has just come."""

    def found() -> list[QPushButton]:
        return [each for each in desk.window.findChildren(QPushButton) if each.text() == text and each.isVisible()]

    desk.wait(found, text)
    QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def close_notice(desk: Desk) -> None:
    QTest.mouseClick(desk.named("Close this notice"), Qt.MouseButton.LeftButton)


def test_after_the_first_paint_there_is_a_backup_and_another_only_when_something_changed(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "EVERY_MS", 60)

    def script(desk: Desk) -> None:
        desk.wait(lambda: len(backups(study)) == 1, "the first backup")
        QTest.qWait(300)
        assert len(backups(study)) == 1, "nothing has changed"
        desk.tag(WORDS, KEY.Key_3)
        desk.wait(lambda: len(backups(study)) == 2, "the second backup")
        assert desk.notice() == ""

    run(script, study)
    assert annotator.backups(study)[0].spans == 1


def test_one_tags_while_a_backup_is_under_way(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "PAGES", 1)

    def script(desk: Desk) -> None:
        desk.tag(WORDS, KEY.Key_3)
        desk.tag("task force members", KEY.Key_3)
        desk.wait(lambda: backups(study), "the backup")

    run(script, study)
    with annotator.open(study) as project:
        assert len(project.spans(ARTICLE)) == 2
        assert project.check() == []


def test_closing_in_the_middle_of_a_backup_leaves_nothing_of_it(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 1)

    def script(desk: Desk) -> None:
        desk.wait(lambda: list(study.parent.rglob(".annotator-*")), "a backup to begin")

    run(script, study)
    assert list(study.parent.rglob(".annotator-*")) == []


def test_where_no_backup_can_be_made_it_is_said_once_and_the_work_goes_on(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "EVERY_MS", 50)
    (study.parent / "study-backups").write_text("a file in the way")

    def script(desk: Desk) -> None:
        desk.wait(lambda: "No backup of study.annotator could be made" in desk.notice(), "the word")
        assert "Your work is saved as ever" in desk.notice()
        close_notice(desk)
        desk.tag(WORDS, KEY.Key_3)
        QTest.qWait(300)
        assert desk.notice() == ""

    run(script, study)


def test_a_text_that_was_changed_by_a_fault_is_seen_after_the_first_paint(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        project.back_up()
    with sqlite3.connect(study) as connection:  # in a document that is not the one shown
        last = "(select text_sha256 from document where position = 4)"
        connection.execute(f"update text set content = content || ' ' where sha256 = {last}")
    connection.close()

    def script(desk: Desk) -> None:
        desk.wait(lambda: "is damaged: The text" in desk.notice(), "the word")
        press(desk, "Restore a backup…")
        shown = dialog(desk)
        QTest.mouseClick(shown.main, Qt.MouseButton.LeftButton)
        desk.wait(lambda: "was restored" in desk.notice(), "the restored project")
        desk.wait(lambda: len(desk.documents()) == 5, "the documents")

    run(script, study)
    with annotator.open(study) as project:
        assert project.check() == []
    assert len(list(study.parent.glob("study-replaced-*.annotator"))) == 1


def test_a_backup_is_chosen_from_the_list_and_restored(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.wait(lambda: len(backups(study)) == 1, "a backup")
        desk.tag(WORDS, KEY.Key_3)
        desk.trigger("restore")
        shown = dialog(desk)
        view = shown.list
        assert view.accessibleName() == "Backups"
        read_out = str(view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        assert read_out.startswith("Today ")
        assert "5 documents · 0 spans" in read_out
        assert shown.chosen == backups(study)[0]
        QTest.keyClick(view, KEY.Key_Return)
        desk.wait(lambda: "was restored. What it replaced is kept as study-replaced-" in desk.notice(), "the word")
        desk.wait(lambda: desk.stored().startswith("Before"), "the text")
        assert desk.spans() == []

    run(script, study)
    (kept,) = study.parent.glob("study-replaced-*.annotator")
    with annotator.open(kept) as project:
        assert len(project.spans(ARTICLE)) == 1


def test_any_other_file_can_be_restored_and_one_that_is_no_backup_changes_nothing(
    run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none.txt").write_text("no backup")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "none.txt"), ""))

    def script(desk: Desk) -> None:
        desk.trigger("restore")
        shown = dialog(desk)
        browse = next(each for each in shown.findChildren(QPushButton) if each.text() == "Another file…")
        QTest.mouseClick(browse, Qt.MouseButton.LeftButton)
        QTest.mouseClick(shown.main, Qt.MouseButton.LeftButton)
        desk.wait(lambda: "none.txt is not an annotator project" in desk.notice(), "the reason")
        assert len(desk.documents()) == 5

    run(script, study)
    assert not list(study.parent.glob("study-replaced-*"))


def test_the_start_page_offers_the_backups_of_a_damaged_project_by_name(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        project.back_up()
        project.tag(ARTICLE, "claim", 0, 6)
        newest = project.back_up()
    study.write_bytes(study.read_bytes()[:9000])
    Settings(last_project=str(study)).save()

    def script(desk: Desk) -> None:
        assert "study.annotator is damaged" in desk.notice()
        assert f"Its newest backup is {newest.name} (today" in desk.notice()
        assert "5 documents, 1 span" in desk.notice()
        press(desk, "All 2 backups…")
        dialog(desk).close()
        press(desk, "Restore it")
        desk.wait(lambda: desk.spans() == ["claim: “Before”"], "the restored project")
        desk.wait(lambda: "was restored" in desk.notice(), "the word")

    run(script)
    assert len(list(study.parent.glob("study-replaced-*.annotator"))) == 1


def test_what_is_damaged_inside_leads_to_the_backups_too(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        project.back_up()
    with sqlite3.connect(study) as connection:
        connection.execute("update attribute_type set options = '{'")
    connection.close()
    Settings(last_project=str(study)).save()

    def script(desk: Desk) -> None:
        assert "Its newest backup is study-" in desk.notice()
        press(desk, "Restore it")
        desk.wait(lambda: len(desk.documents()) == 5, "the restored project")

    run(script)


def test_a_folder_that_a_service_keeps_in_step_is_named_once(run: Run, study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = Path(shutil.copy(study, folder))

    def closes(desk: Desk) -> None:
        desk.wait(lambda: "study.annotator lies in Dropbox" in desk.notice(), "the word")
        close_notice(desk)

    def not_again(desk: Desk) -> None:
        desk.wait(lambda: backups(path), "the backup")
        QTest.qWait(100)
        assert desk.notice() == ""

    run(closes, path)
    run(not_again, path)
