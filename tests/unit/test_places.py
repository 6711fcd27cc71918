"""Folders that a service keeps in step, and network drives, are known by name."""

from pathlib import Path

import pytest

from annotator.storage.places import shared_place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home/kim/server nfs4 rw 0 0
//nas/share /mnt/our\\040share cifs rw 0 0
/dev/sdb1 /home/kim/server/local ext4 rw 0 0
kim@host:/ /media/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/home/kim/Dropbox/study.annotator", "Dropbox"),
        ("/home/kim/Dropbox (Work)/a/study.annotator", "Dropbox"),
        ("/home/kim/OneDrive - University/study.annotator", "OneDrive"),
        ("/Users/kim/Library/CloudStorage/GoogleDrive-kim@uni.edu/My Drive/study.annotator", "Google Drive"),
        ("/Users/kim/Library/Mobile Documents/com~apple~CloudDocs/study.annotator", "iCloud Drive"),
        ("/home/kim/Nextcloud/study.annotator", "Nextcloud"),
        ("/home/kim/server/study.annotator", "a network drive (nfs4)"),
        ("/mnt/our share/study.annotator", "a network drive (cifs)"),
        ("/media/far/study.annotator", "a network drive (fuse.sshfs)"),
        ("/home/kim/server/local/study.annotator", None),
        ("/home/kim/study.annotator", None),
        ("/home/kim/Dropbox.annotator", None),
        ("/home/kim/no dropbox/study.annotator", None),
    ],
)
def test_a_place_is_known(path: str, place: str | None) -> None:
    assert shared_place(Path(path), MOUNTS) == place


def test_a_folder_that_syncthing_marks_is_known(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert shared_place(tmp_path / "a" / "study.annotator", "") == "Syncthing"


def test_where_nothing_is_known_of_mounts_nothing_is_said(tmp_path: Path) -> None:
    assert shared_place(tmp_path / "study.annotator", "nonsense\n\n") is None
