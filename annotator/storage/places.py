"""Whether a file lies where other machines write too: in a folder that a service keeps in step, or on the network."""

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

_SYNCED = {
    "Dropbox": r"dropbox( \(.*\))?",
    "OneDrive": r"onedrive( ?- .*)?",
    "Google Drive": r"google ?drive|googledrive-.*|my drive|drivefs",
    "iCloud Drive": r"icloud ?drive( \(archive\))?|com~apple~clouddocs|mobile documents",
    "Nextcloud": r"nextcloud\d?",
    "ownCloud": r"owncloud\d?",
    "Box": r"box( sync)?",
    "pCloud": r"pcloud ?drive|pclouddrive",
    "Seafile": r"seafile|seadrive",
    "Syncthing": r"syncthing",
    "MEGA": r"mega(sync)?",
    "Tresorit": r"tresorit|tresors",
}
_MARKERS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".sync": "Resilio Sync"}  # in the folder kept in step
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|afs|ncpfs|ceph|glusterfs|lustre|beegfs|davfs2?|"
    r"fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|ceph|glusterfs|s3fs|gcsfuse|onedriver|google-drive-ocamlfuse)"
)
_MOUNTS = Path("/proc/mounts")


def shared_place(path: Path, mounts: str | None = None) -> str | None:
    """Return a name for such a place (`Dropbox`, `a network drive (nfs)`) where the file is in one; else None.

    `mounts` are the lines of /proc/mounts; None reads them, where the system has them.
    """
    real = Path(os.path.realpath(path))
    service = _by_name(real.parent.parts) or _by_marker(real.parent)
    return service or _network(real, _mounts() if mounts is None else mounts)


def _by_name(folders: Iterable[str]) -> str | None:
    for folder in folders:
        for service, names in _SYNCED.items():
            if re.fullmatch(names, folder, re.IGNORECASE):
                return service
    return None


def _by_marker(folder: Path) -> str | None:
    for place in (folder, *folder.parents):
        for marker, service in _MARKERS.items():
            if (place / marker).exists():
                return service
    return None


def _mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _network(path: Path, mounts: str) -> str | None:
    """The file system of the innermost mount that the file lies in, where that is one of a network."""
    if os.name == "nt" and str(path).startswith("\\\\"):
        return "a network drive"
    longest, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:  # blanks in the name are written \040
            place = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1])
            if path.is_relative_to(PurePath(place)) and len(place) >= longest:
                longest, kind = len(place), fields[2]
    return f"a network drive ({kind})" if _NETWORK.fullmatch(kind) else None
