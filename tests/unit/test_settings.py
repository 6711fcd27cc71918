"""Settings come back as they were saved, and a bad file of settings does no harm."""

import getpass
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.settings import Settings, default_annotator, settings_file


def test_settings_come_back_as_they_were_saved() -> None:
    saved = Settings(annotator="Zoë 👩‍💻", last_project="/tmp/a b#.annotator", theme="dark", reading_px=22, snap=False)
    saved.save()
    assert Settings.load() == saved
    assert [file.name for file in settings_file().parent.iterdir()] == ["settings.json"]


def test_the_path_of_a_project_may_hold_bytes_that_are_no_text() -> None:
    saved = Settings(last_project="/tmp/caf\udce9.annotator")
    saved.save()
    assert Settings.load() == saved


def test_no_file_gives_the_defaults() -> None:
    assert not settings_file().exists()
    assert Settings.load() == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"theme": 1}'])
def test_a_file_that_is_no_settings_gives_the_defaults(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert Settings.load(file) == Settings()


@given(
    st.dictionaries(
        st.sampled_from(["theme", "reading_px", "snap", "new"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    )
)
def test_a_setting_of_another_type_is_ignored_and_the_others_are_kept(
    tmp_path: Path, content: dict[str, object]
) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({**content, "last_document": "kept"}))
    loaded = Settings.load(file)
    assert loaded.last_document == "kept"
    assert (type(loaded.theme), type(loaded.reading_px), type(loaded.snap)) == (str, int, bool)


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Settings().save(tmp_path / "file" / "settings.json")
    assert (tmp_path / "file").read_text() == ""


def test_the_annotator_is_the_one_in_the_settings_else_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert default_annotator() == "login"
    Settings(annotator="  ").save()
    assert default_annotator() == "login"
    Settings(annotator=" kim ").save()
    assert default_annotator() == "kim"


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_machine_without_login_names_still_has_an_annotator(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert default_annotator() == "annotator"
