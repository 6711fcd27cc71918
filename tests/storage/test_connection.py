"""Each connection has the settings that keep data safe, and no look at a header drops a lock."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import annotator
from annotator.errors import AnnotatorError, Busy
from annotator.storage import connection as connections
from annotator.storage import header
from annotator.storage.version import SCHEMA_VERSION

WANTED = {"foreign_keys": 1, "synchronous": 3, "trusted_schema": 0, "cell_size_check": 1, "busy_timeout": 5000}


@pytest.mark.parametrize("read_only", [False, True])
def test_a_connection_has_the_settings_that_keep_data_safe(file: Path, read_only: bool) -> None:
    connection = connections.connect(file, read_only=read_only)
    found = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in WANTED}
    journal = connection.exec_driver_sql("pragma journal_mode").scalar()
    connections.close(connection)
    assert found == WANTED
    assert journal == "delete"


def test_opening_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError):
        connections.connect(tmp_path / "missing.annotator")
    assert list(tmp_path.iterdir()) == []


def test_a_transaction_is_whole_or_nothing(file: Path) -> None:
    connection = connections.connect(file)

    def half() -> None:
        with connections.transaction(connection):
            connection.exec_driver_sql("delete from change_row")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    left = connection.exec_driver_sql("select count(*) from change_row").scalar()
    connections.close(connection)
    assert left
    assert left > 0


def test_a_look_at_an_open_project_does_not_let_another_program_write_into_a_transaction(file: Path) -> None:
    """Closing any descriptor of a file drops this process's locks on it (POSIX)."""
    with annotator.open(file, "kim") as project, connections.transaction(project._store.connection):
        annotator.check_file(file)
        with annotator.open(file, "lee") as second:
            assert len(second.spans("one")) == 58
        assert writes_from_another_process(file) == "database is locked"


def writes_from_another_process(file: Path) -> str:
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)\n"
        "try:\n    connection.execute('begin immediate')\n    print('written')\n"
        "except sqlite3.OperationalError as error:\n    print(error)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_header_is_read_again_once_nobody_has_the_file_open(file: Path) -> None:
    with annotator.open(file, "kim"), annotator.open(file, "lee"):
        assert header.check(file) is None
    looked = header.check(file)
    assert looked
    assert looked.schema_version == SCHEMA_VERSION


def test_a_project_that_could_not_be_opened_counts_as_closed(file: Path) -> None:
    raw = sqlite3.connect(file)
    raw.execute("create view peek as select 1")
    raw.close()
    for _ in range(2):
        with pytest.raises(AnnotatorError):
            annotator.open(file, "kim")
    assert header.check(file)


def test_a_project_is_used_from_the_thread_that_opened_it(file: Path) -> None:
    refused: list[Exception] = []

    def use() -> None:
        try:
            project.spans("one")
        except Exception as error:  # noqa: BLE001 - the kind is the driver's own
            refused.append(error)

    with annotator.open(file, "kim") as project:
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert "thread" in str(refused[0])


def test_what_holds_a_project_up_is_told_when_it_is_opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BUSY_MS", 20)
    monkeypatch.setitem(connections._PRAGMAS, "busy_timeout", 20)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("begin exclusive")
    with pytest.raises(Busy, match="in use by another program"):
        annotator.open(file, "kim")
    holder.close()
    annotator.open(file, "kim").close()
