"""Where one visible character ends and the next begins: grapheme clusters, after Unicode Standard Annex 29.

Positions are code points. Where the annex needs a table that Python hasn't got, this errs towards keeping together.
"""

import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"
_EXTENDS = frozenset("\u200c\u200d\uff9e\uff9f\u0e33\u0eb3") | frozenset(
    map(chr, [*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)])  # skin tones; the letters of regional flags
)
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_HANGUL_FIRST, _HANGUL_LAST = 0x1100, 0xD7FB


def cuts_character(text: str, at: int) -> bool:
    """Whether the boundary before position `at` lies inside one visible character.

    Such are a mark and its base, the parts of an emoji, a flag's two letters, the parts of a Hangul syllable.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _is_control(before) or _is_control(after):
        return before == "\r" and after == "\n"
    if after in _EXTENDS or unicodedata.category(after)[0] == "M":
        return True
    if before in _PREPENDED or (before == _ZERO_WIDTH_JOINER and not after.isspace()):
        return True
    if before in _FLAG_LETTERS and after in _FLAG_LETTERS:
        return _flag_letters_before(text, at) % 2 == 1
    return _is_hangul_continued(ord(before), ord(after))


def next_character(text: str, position: int) -> int:
    """Return the end of the first visible character that ends after `position`, at most the text's length."""
    at = min(position + 1, len(text))
    while cuts_character(text, at):
        at += 1
    return at


def previous_character(text: str, position: int) -> int:
    """Return the start of the last visible character that starts before `position`, at least 0."""
    at = max(position - 1, 0)
    while cuts_character(text, at):
        at -= 1
    return at


def _is_control(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cf":
        return char not in _EXTENDS and char not in _PREPENDED
    return category in ("Cc", "Zl", "Zp")


def _flag_letters_before(text: str, at: int) -> int:
    begin = at
    while begin > 0 and text[begin - 1] in _FLAG_LETTERS:
        begin -= 1
    return at - begin


def _is_hangul_continued(before: int, after: int) -> bool:
    """Rules GB6 to GB8: leading consonants, vowels, trailing consonants and what is composed of them."""
    if not (_HANGUL_FIRST <= before <= _HANGUL_LAST and _HANGUL_FIRST <= after <= _HANGUL_LAST):
        return False
    first, second = _hangul_kind(before), _hangul_kind(after)
    if first == "L":
        return second in ("L", "V", "LV", "LVT")
    if first in ("LV", "V"):
        return second in ("V", "T")
    return first in ("LVT", "T") and second == "T"


def _hangul_kind(code: int) -> str:
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    return "T" if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB else ""
