"""`backup`, `backups`, `restore` and `compact`, as the shell calls them."""

import sqlite3
from pathlib import Path

import pytest

import annotator
from tests.cli.conftest import Call
from tests.cli.test_bad_input import FIRST, everything, refused


def test_a_backup_is_made_listed_and_restored(call: Call, sample: Path) -> None:
    call("tag", sample, FIRST, "claim", 0, 6)
    made = call("backup", sample)
    assert made.out.startswith("Backed up study.annotator (5 documents, ")
    path = Path(made.out.split(" to ")[1].strip())
    assert path.parent == sample.parent / "study-backups"
    assert sum(path.name in line for line in call("backups", sample).out.splitlines()) == 1
    assert "5 documents  1 span" in call("backups", sample).out
    call("tag", sample, FIRST, "claim", 10, 16)
    before = sample.read_bytes()

    restored = call("restore", path, sample)
    assert restored.code == 0
    assert restored.out.startswith(f"Restored {sample} from {path.name}.\nWhat it replaced is kept as ")
    assert Path(restored.out.split("kept as ")[1].strip()).read_bytes() == before
    with annotator.open(sample) as project:
        assert len(project.spans(FIRST)) == 1


def test_all_of_it_in_json(call: Call, sample: Path) -> None:
    call("tag", sample, FIRST, "claim", 0, 6)
    made = call("backup", sample, "--json").json
    assert (made["project"], made["documents"]) == (str(sample), 5)
    (listed,) = call("backups", sample, "--json").json
    assert {name: listed[name] for name in ("path", "size", "documents", "spans")} == {
        "path": made["backup"],
        "size": made["size"],
        "documents": 5,
        "spans": 1,
    }
    restored = call("restore", listed["path"], sample, "--json").json
    assert Path(restored["replaced"]).name.startswith("study-replaced-")
    call("undo", sample)
    done = call("compact", sample, "--before", "2999-01-01", "--json").json
    assert (done["forgotten"], done["needed"], done["left"]) == (0, 2, 2)
    assert Path(done["backup"]).exists()


def test_a_backup_goes_where_one_says_and_replaces_nothing_unasked(call: Call, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.annotator-backup"
    assert call("backup", sample, "-o", target).code == 0
    before = everything(tmp_path)
    refused(call("backup", sample, "-o", target), 2, "copy.annotator-backup exists", "--force")
    refused(call("backup", sample, "-o", tmp_path), 2, "is a folder")
    refused(call("backup", sample, "-o", sample, "--force"), 2, "is the project itself")
    refused(call("backup", sample, "-o", tmp_path / "none" / "x"), 2, "does not exist")
    assert everything(tmp_path) == before
    assert call("backup", sample, "-o", target, "--force").code == 0


def test_the_history_is_forgotten_up_to_a_date_and_undo_says_so(call: Call, sample: Path) -> None:
    for at in (0, 10, 20):
        call("tag", sample, FIRST, "claim", at, at + 6)
    early, late = (call("compact", sample, "--before", date).out for date in ("2020-01-01", "2999-01-01"))
    assert early.startswith("Forgot 0 changes from before 2020-01-01. The history has 3 changes now.")
    assert late.startswith("Forgot 2 changes from before 2999-01-01. The history has 1 change now.")
    assert call("undo", sample).code == 0
    refused(call("undo", sample), 2, "nothing to undo", "was forgotten (annotator compact)")
    assert call("check", sample).code == 0


@pytest.mark.parametrize("date", ["yesterday", "2026-13-01", "01.02.2026", "2026-1-1", ""])
def test_a_date_is_a_date(date: str, call: Call, sample: Path) -> None:
    before = everything(sample.parent)
    refused(call("compact", sample, "--before", date), 2, "is not a date such as 2026-01-31")
    assert everything(sample.parent) == before


def test_the_backups_of_a_damaged_project_are_listed_and_restored(call: Call, sample: Path) -> None:
    backup = call("backup", sample, "--json").json["backup"]
    sample.write_bytes(b"rubbish")
    refused(call("documents", sample), 1, "study.annotator is not", f"It has backups: annotator backups {sample}")
    assert backup in call("backups", sample).out
    assert call("restore", backup, sample).code == 0
    assert call("check", sample).code == 0


def test_what_is_no_backup_changes_nothing(call: Call, sample: Path, tmp_path: Path) -> None:
    backup = Path(call("backup", sample, "--json").json["backup"])
    (tmp_path / "bad").write_bytes(backup.read_bytes().replace(b"Latino activists", b"latino activists"))
    (tmp_path / "text").write_text("text")
    before = everything(tmp_path)
    refused(call("restore", tmp_path / "bad", sample), 1, "bad is damaged", "Nothing was changed")
    refused(call("restore", tmp_path / "text", sample), 1, "not an annotator project")
    refused(call("restore", tmp_path / "none", sample), 2, "none")
    refused(call("restore", sample, sample), 2, "is the project itself")
    refused(call("backups", tmp_path / "none.annotator"), 2, "no backup of a project of that name")
    assert everything(tmp_path) == before
    assert call("backups", sample).code == 0


def test_a_project_without_backups_says_how_to_make_one(call: Call, sample: Path) -> None:
    assert "No backups yet. Make one with: annotator backup" in call("backups", sample).out
    assert call("backups", sample, "--json").json == []


def test_no_backup_is_made_of_a_damaged_project(call: Call, sample: Path) -> None:
    with sqlite3.connect(sample) as connection:
        connection.execute("update text set content = replace(content, 'the', 'teh')")
    connection.close()
    before = everything(sample.parent)
    refused(call("backup", sample), 1, "study.annotator is damaged, so no backup of it was made")
    assert everything(sample.parent) == before
