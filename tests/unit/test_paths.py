"""What ships with the program is found, and the user's folders are the user's."""

from pathlib import Path

from annotator import paths


def test_what_ships_with_the_program_is_there() -> None:
    assert (paths.seeds() / "manifest.json").is_file()
    assert paths.resources().is_dir()


def test_the_users_folders_lie_in_the_home_folder(home: Path) -> None:
    for folder in (paths.user_data(), paths.user_config(), paths.user_log()):
        assert home in folder.parents
        assert not folder.exists()
