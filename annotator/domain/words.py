"""Snapping a selection to whole words."""

import unicodedata

from annotator.domain.characters import cuts_character

_INNER = "'’-‐‑.&@/"  # stay inside a word between two word characters: don't, S-Comm, U.S.
_OPENING = "“\"‘'«‹„‚([{"
_CLOSING = {"”": "“", '"': '"', "’": "‘", "'": "'", "»": "«", "›": "‹", ")": "(", "]": "[", "}": "{"}


def is_word(char: str) -> bool:
    """Whether a character can be part of a word: a letter, a figure, a mark, a joiner."""
    return unicodedata.category(char)[0] in "LNM" or char in "_\u200c\u200d"


def _inside_word(text: str, at: int) -> bool:
    """Whether the boundary before position `at` cuts a word, or one visible character, in two."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if is_word(before) and is_word(after):
        return True
    if not (before.isspace() or after.isspace()) and cuts_character(text, at):
        return True
    if after in _INNER and is_word(before):
        return at + 1 < len(text) and is_word(text[at + 1])
    if before in _INNER and is_word(after):
        return at > 1 and is_word(text[at - 2])
    return False


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the selection grown to whole words, less blanks and trailing punctuation. Code points, end exclusive.

    Quotation marks and brackets that open within the selection keep their closing partner. A selection of nothing but
    blanks and punctuation comes back less its blanks (it may then be empty).
    """
    grown_start, grown_end = start, end
    while _inside_word(text, grown_start):
        grown_start -= 1
    while _inside_word(text, grown_end):
        grown_end += 1
    return _trim(text, grown_start, grown_end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    first, last = start, end
    while last > first and not (_keeps_end(text, first, last) or _inside_word(text, last - 1)):
        last -= 1
    while first < last and not (_keeps_start(text[first]) or _inside_word(text, first + 1)):
        first += 1
    return (first, last) if first < last else (start, end)


def _keeps_start(char: str) -> bool:
    return is_word(char) or _is_symbol(char) or char in _OPENING


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char)[0] == "S"  # an emoji, a currency or a degree sign says something


def _keeps_end(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if is_word(last) or _is_symbol(last) or last in "%‰":
        return True
    if last in _CLOSING:
        return text.find(_CLOSING[last], start, end - 1) >= 0
    if last == "." and end - 3 >= start:  # an abbreviation such as U.S.
        return text[end - 3] == "." and text[end - 2].isalpha()
    return False


def next_word_end(text: str, position: int) -> int:
    """Return the end of the first word that ends after `position`, or the text's length."""
    return next((at for at in range(position + 1, len(text)) if _ends_word(text, at)), len(text))


def previous_word_end(text: str, position: int) -> int:
    """Return the end of the last word that ends before `position`, or 0."""
    return next((at for at in range(position - 1, 0, -1) if _ends_word(text, at)), 0)


def next_word_start(text: str, position: int) -> int:
    """Return the start of the first word that starts after `position`, or the text's length."""
    return next((at for at in range(position + 1, len(text)) if _starts_word(text, at)), len(text))


def previous_word_start(text: str, position: int) -> int:
    """Return the start of the last word that starts before `position`, or 0."""
    return next((at for at in range(position - 1, 0, -1) if _starts_word(text, at)), 0)


def _ends_word(text: str, at: int) -> bool:
    return is_word(text[at - 1]) and not _inside_word(text, at)


def _starts_word(text: str, at: int) -> bool:
    return is_word(text[at]) and not _inside_word(text, at)
