"""A wheel, installed somewhere else, carries the sample corpus and the resources, and works."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.e2e.annotating import ARTICLES
from tests.e2e.desktop import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=50)
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_carries_what_the_program_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {path.relative_to(ROOT) for path in (ROOT / "annotator").rglob("*.py")}
    resources = {path.relative_to(ROOT / "resources") for path in (ROOT / "resources").rglob("*") if path.is_file()}
    wanted = {path.as_posix() for path in code}
    wanted |= {f"annotator/_resources/{path.as_posix()}" for path in resources}
    wanted |= {f"annotator/_seeds/{name}" for name in ("manifest.json", "README.md", *(a["file"] for a in ARTICLES))}
    assert wanted - names == set()
    assert [name for name in names if name.startswith("tests/")] == []


def test_a_wheel_keeps_the_corpus_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for article in ARTICLES:
            assert (
                archive.read(f"annotator/_seeds/{article['file']}") == (ROOT / "seeds" / article["file"]).read_bytes()
            )


def test_installed_in_an_empty_venv_elsewhere_it_opens_the_sample(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=50)
    # The packages it needs are borrowed, so that nothing is downloaded. A path in a .pth does not bring the .pth files
    # in there: the checkout itself is out of reach.
    (site,) = place.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = "import annotator; print(annotator.__file__)"
    assert run(tmp_path, python, "-c", where).startswith(str(place))

    program = place / "bin" / "annotator"
    run(tmp_path, program, "new", "x.annotator", "--sample")
    listed = json.loads(run(tmp_path, program, "documents", "x.annotator", "--json"))
    assert [document["id"] for document in listed] == [article["id"] for article in ARTICLES]


def run(folder: Path, *command: str | Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
