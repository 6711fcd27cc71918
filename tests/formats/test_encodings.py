"""Encodings: a mark, strict UTF-8, or what a person names; what is only likely is a suggestion."""

import codecs
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.incoming import Known
from annotator.errors import BadContent, NotFound
from annotator.formats import encodings

SAMPLES = {
    "cp1252": "Der Präsident sagte, es sei “möglich”. Über die Straße gehen wir nicht. ",
    "cp1251": "Президент сказал, что это возможно, и все согласились с ним. ",
    "koi8-r": "Президент сказал, что это возможно, и все согласились с ним. ",
    "cp1253": "Ο πρόεδρος είπε ότι είναι δυνατό να γίνει σήμερα. ",
    "cp932": "これは日本語のテキストです。明日も続きます。",
    "gb18030": "这是一个中文文本，明天继续。",
    "euc-kr": "이것은 한국어 텍스트입니다. 내일 계속됩니다. ",
    "iso8859-2": "Zażółć gęślą jaźń, a potem żółw poszedł śpiewać. ",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_likeliest_encoding_is_suggested_and_never_taken(name):
    data = (SAMPLES[name] * 8).encode(name)
    _, encoding = encodings.decode(data)
    assert (encoding.how, encoding.certain) == (Known.SUGGESTED, False)
    assert name in [reading.encoding for reading in encoding.others[:2]], encoding.others
    assert encoding.others[0].encoding == encoding.name
    assert all(reading.beginning and reading.title for reading in encoding.others)
    assert encodings.decode(data, default=name) == (SAMPLES[name] * 8, encodings.decode(data, default=name)[1])


@pytest.mark.parametrize("short", ["café", "naïve", "“no”", "Ja, natürlich."])
def test_a_few_western_characters_are_taken_for_western(short):
    _, encoding = encodings.decode(short.encode("cp1252"))
    assert encoding.name == "cp1252"


def test_the_reading_that_is_offered_shows_the_characters_in_question():
    data = ("plain words " * 500 + "Straße").encode("cp1252")
    _, encoding = encodings.decode(data)
    assert "Straße" in encoding.others[0].beginning


def test_a_mark_comes_before_everything_but_a_choice_for_this_file():
    data = codecs.BOM_UTF8 + "é".encode()
    assert encodings.decode(data, default="cp1252")[1].how is Known.MARK
    assert encodings.decode(data, forced="cp1252")[0] == "ï»¿Ã©"


def test_a_named_encoding_does_not_break_the_files_that_are_utf_8():
    text, encoding = encodings.decode("Straße".encode(), default="cp1252")
    assert (text, encoding.how) == ("Straße", Known.UTF8)


def test_utf_16_without_a_mark_is_suggested():
    for name in ("utf-16-le", "utf-16-be"):
        text, encoding = encodings.decode("Hello, café there".encode(name))
        assert (text, encoding.name, encoding.certain) == ("Hello, café there", name, False)


def test_seven_bits_can_be_japanese_when_somebody_says_so():
    data = "日本語のテキスト".encode("iso2022-jp")
    assert encodings.decode(data, default="iso2022-jp")[0] == "日本語のテキスト"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", "a PDF, which annotator does not read"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff", "Word, ePub or ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (bytes(range(128, 160)) * 9 + b"\0", "not part of a character"),
    ],
)
def test_what_is_no_text_says_what_it_is(data, message):
    with pytest.raises(BadContent, match=message):
        encodings.decode(data)


def test_bytes_that_are_not_in_the_named_encoding_are_refused_with_the_place():
    with pytest.raises(BadContent, match=r"not CP1252 text: byte 3 \(0x81\)"):
        encodings.decode(b"abc\x81", default="cp1252")


@pytest.mark.parametrize("name", ["rot13", "base64", "no-such", "", "unicode_escape", "a\0b", "hex"])
def test_what_is_no_encoding_of_text_is_not_found(name):
    with pytest.raises(NotFound, match="There is no encoding"):
        encodings.canonical(name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("UTF8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("latin1", "iso8859-1"),
        ("Shift_JIS", "cp932"),
        ("koi8_r", "koi8-r"),
    ],
)
def test_an_encoding_is_known_by_its_other_names(name, known):
    assert encodings.canonical(name) == known


def test_every_encoding_that_is_offered_is_one_of_pythons():
    assert [encodings.canonical(name) for name in encodings.ENCODINGS] == list(encodings.ENCODINGS)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_a_suggestion_or_refused_in_words(data):
    try:
        text, encoding = encodings.decode(data)
    except BadContent:
        return
    assert isinstance(text, str)
    assert encoding.certain or encoding.others


def test_random_megabytes_are_refused_at_once():
    with pytest.raises(BadContent):
        encodings.decode(b"\xff\xff" + os.urandom(2_000_000))
