"""Plain text: which encodings are read, and what is said of files that aren't text."""

import codecs
import hashlib
import os

import pytest
from hypothesis import given

from annotator import paths
from annotator.domain.text import normalise
from annotator.errors import BadArgument, BadContent, NotFound
from annotator.formats import plain_text
from tests.formats.builders import texts

ENCODINGS = {
    "utf-8": b"",
    "utf-8 with a mark": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / "a.txt"
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS.items())
def test_a_byte_order_mark_says_the_encoding(file, encoding, mark):
    text = "Émile “said” 👍\n"
    data = mark + text.encode(encoding.split()[0])
    found = plain_text.read(file(data))
    assert found.text == text
    assert found.source_sha256 == hashlib.sha256(data).hexdigest()
    assert found.source_file == "a.txt"


def test_line_ends_become_one_kind_and_all_else_stays(file):
    assert plain_text.read(file("a\r\nb\rc\u2028d\u00a0e\x85 \n".encode())).text == "a\nb\nc\u2028d\u00a0e\x85 \n"


@given(texts)
def test_any_text_comes_back_as_it_was(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(text.encode())
    assert plain_text.read(path).text == normalise(text)


@pytest.mark.parametrize("path", sorted(paths.seeds().glob("*.txt")), ids=lambda path: path.name)
def test_the_seed_articles_are_read(path):
    assert plain_text.read(path).text == path.read_bytes().decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "has no text"),
        (b" \n\t\r\n", "has no text"),
        ("\ufeff".encode(), "has no text"),
        (b"abc \xe9t\xe9", r"byte 4 \(0xe9\).*UTF-8"),
        (b"SQLite format 3\0", "NUL character at position 15"),
        (codecs.BOM_UTF16_LE + b"a", "not UTF-16 text: byte 2"),
        (b"\xef\xbb\xbfab\xff", "byte 5"),
    ],
)
def test_what_is_not_text_is_refused_by_name_with_the_place(file, data, message):
    path = file(data)
    with pytest.raises(BadContent, match=message) as caught:
        plain_text.read(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotFound, match="There is no file"):
        plain_text.read(tmp_path / "none.txt")
    with pytest.raises(NotFound, match="not a folder"):
        plain_text.read(tmp_path / "file" / "none.txt")
    with pytest.raises(BadArgument, match="is a folder"):
        plain_text.read(tmp_path)
    with pytest.raises(BadArgument, match="not an ordinary file"):
        plain_text.read(tmp_path / "pipe")


def test_a_file_that_is_too_large_is_not_read(file, monkeypatch):
    monkeypatch.setattr(plain_text, "LARGEST_FILE", 1024 * 1024)
    with pytest.raises(BadContent, match=r"2\.0 MB; the most is 1 MB"):
        plain_text.read(file(b"a" * 2 * 1024 * 1024))


def test_a_file_name_that_is_not_utf_8_is_kept_as_far_as_it_goes(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"text")
    assert plain_text.read(path).source_file == "caf\ufffd.txt"
