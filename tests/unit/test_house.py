"""The house around the code: the corpus, the lock file, the licence, the layers, the targets of `make`."""

import ast
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
MANIFEST = json.loads((SEEDS / "manifest.json").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")

# Written so that this file does not hold them itself.
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted", "test" + "pypi", "artifact" + "ory", "/opt/" + "pypi"]


def tracked_files() -> list[Path]:
    """What git tracks, or would track: nothing that .gitignore names."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_manifest_names_every_text_of_the_corpus() -> None:
    assert [entry["file"] for entry in MANIFEST] == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert len(MANIFEST) == 5


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["id"])
def test_a_seed_is_kept_byte_for_byte(entry: dict[str, str | None]) -> None:
    assert set(entry) == {"id", "file", "sha256", "title", "outlet", "author", "date"}
    content = (SEEDS / str(entry["file"])).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["file"] == f"{entry['id']}.txt"


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["id"])
def test_the_manifest_says_only_what_the_text_says(entry: dict[str, str | None]) -> None:
    text = (SEEDS / str(entry["file"])).read_text("utf-8")
    assert [entry[key] for key in ("title", "outlet", "author") if (entry[key] or "") not in text] == []
    assert entry["date"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", entry["date"])


def test_the_corpus_is_not_under_the_licence_of_the_software() -> None:
    licence = " ".join((ROOT / "LICENSE").read_text("utf-8").split())
    assert licence.startswith("MIT License Copyright (c) 2026 The annotator authors")
    assert "It does not cover the texts in the folder seeds/" in licence
    assert "not covered by the licence" in " ".join((SEEDS / "README.md").read_text("utf-8").split())


def requirement_blocks() -> dict[str, str]:
    """The lock file's requirements, each with its options, by normalised name."""
    blocks = re.split(r"(?<!\\)\n", LOCK.strip())
    return {re.split(r"[=\s;]", block)[0]: block for block in blocks}


def test_every_locked_package_has_one_version_and_hashes() -> None:
    for block in requirement_blocks().values():
        assert re.match(r"[a-z0-9-]+==[^\s;]+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_the_lock_file_holds_no_address() -> None:
    assert not re.search(r"https?:|file:|index-url|find-links|@", LOCK)


def test_everything_that_the_project_asks_for_is_locked() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["fonts"],
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]
    names = {re.split(r"[<>=;\[ ]", requirement)[0].lower().replace("_", "-") for requirement in asked}
    assert names <= set(requirement_blocks())


def test_only_a_few_packages_are_needed_to_run() -> None:
    names = {re.split(r"[<>=]", requirement)[0] for requirement in PROJECT["project"]["dependencies"]}
    card = {"PySide6-Essentials", "SQLAlchemy", "alembic", "appdirs"}
    getting_texts_in_and_finding = {"charset-normalizer", "ftfy", "regex"}
    assert names == card | getting_texts_in_and_finding


def test_no_file_names_the_host_of_a_package_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        for host in INDEX_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert found == []


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["project"]["version"] == annotator.__version__
    assert annotator.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("package", ["domain", "agreement"])
def test_the_inner_layers_import_the_standard_library_alone(package: str) -> None:
    ours = ("annotator.domain", "annotator.agreement", "annotator.errors")
    outside = {
        f"{path.name} imports {name}"
        for path in (ROOT / "annotator" / package).rglob("*.py")
        for name in imported_by(path)
        if not name.startswith(ours) and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert outside == set()


def test_make_alone_lists_every_target() -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = re.findall(r"^make (\S+)", printed, re.MULTILINE)
    assert {"setup", "run", "test", "lint", "types", "bench", "shots"} <= set(listed)
