"""Bytes to text: a byte-order mark, strict UTF-8, or what a person names. What is only likely is never taken."""

import codecs
import re
from collections.abc import Iterator

from annotator.domain.incoming import Encoding, Known, Reading
from annotator.errors import BadContent, NotFound

ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16 LE)",
    "utf-16-be": "Unicode (UTF-16 BE)",
    "cp1252": "Western (Windows-1252)",
    "iso8859-15": "Western (ISO 8859-15)",
    "mac-roman": "Western (Mac Roman)",
    "cp850": "Western (DOS 850)",
    "cp437": "Western (DOS 437)",
    "cp1250": "Central European (Windows-1250)",
    "iso8859-2": "Central European (ISO 8859-2)",
    "cp1257": "Baltic (Windows-1257)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "koi8-u": "Cyrillic (KOI8-U)",
    "cp866": "Cyrillic (DOS 866)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp932": "Japanese (Shift JIS)",
    "euc-jp": "Japanese (EUC-JP)",
    "iso2022-jp": "Japanese (ISO 2022-JP)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "euc-kr": "Korean (EUC-KR)",
}
"""The encodings that are offered, by Python's names for them, and what they are called."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its first two bytes are UTF-16's mark
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
_LOOKED_AT = 256 * 1024  # bytes that a suggestion is made of
_OFFERED = 5
_FEW = 20  # bytes beyond ASCII
_WESTERN_SIGNS = set("“”‘’„–—…•«»¿¡°§€£©®·\u00a0")
_SHOWN = 300  # code points of a reading's beginning
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a packed file (Word, ePub or ZIP)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a rich text file (RTF)",
    b"SQLite format 3\0": "a database",
}


def canonical(name: str) -> str:
    """Return an encoding's name as it stands in `ENCODINGS`, or Python's. Raises NotFound for one that is no such."""
    try:
        found = codecs.lookup(name)
        known = found.name.replace("_", "-")
        "".encode(found.name)  # refuses what turns bytes into bytes
    except (LookupError, ValueError, UnicodeError):
        known = ""
    if not known or known in _NO_TEXT:
        some = ", ".join(list(ENCODINGS)[:6])
        raise NotFound(f"There is no encoding “{name}”. Some that there are: {some}.")
    return {"utf-8-sig": "utf-8", "ascii": "utf-8", "shift-jis": "cp932"}.get(known, known)


def title(name: str) -> str:
    """Return what people call an encoding."""
    return ENCODINGS.get(name, name.upper())


def decode(data: bytes, *, default: str | None = None, forced: str | None = None) -> tuple[str, Encoding]:
    """Return the text of `data` and how its encoding is known.

    `default` names the encoding of what has no mark and isn't UTF-8; `forced` that of `data`, whatever it looks like.
    With neither, such data comes back with a suggestion, the text as the suggestion reads it. Raises BadContent where
    the bytes are not text in the encoding that they must have, or in any.
    """
    if forced is not None:
        return _strictly(data, _mark_length(data, forced), forced, Known.NAMED)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data, len(mark), name, Known.MARK)
    if default is not None and _needs_naming(data):
        return _strictly(data, 0, default, Known.NAMED)
    readings = _wide(data)
    if not readings:
        try:
            return data.decode(), Encoding("utf-8", title("utf-8"), Known.UTF8)
        except UnicodeDecodeError as error:
            readings = candidates(data)
            if not readings:
                raise _not_text(data, error) from error
    first = readings[0]
    text = data.decode(first.encoding, errors="replace")
    return text, Encoding(first.encoding, first.title, Known.SUGGESTED, readings)


def why_uncertain(data: bytes, encoding: Encoding) -> str:
    """Return why the encoding of data is only suggested, and what is; a sentence without its end."""
    try:
        data.decode()
        why = "it has no byte-order mark, and every other byte is zero"
    except UnicodeDecodeError as error:
        why = f"not UTF-8 text: {_place(data, error.start)}"
    return f"{why}. It may be {encoding.title}"


def candidates(data: bytes) -> tuple[Reading, ...]:
    """Return what the bytes can be read as, the likeliest first; none for bytes that look like no text at all."""
    if any(data.startswith(magic) for magic in _BINARY):
        return ()
    sample = _sample(data)
    names: list[str] = []
    for name in [*_ranked(sample), "cp1252"]:
        if name not in names and _reads(data, name):
            names.append(name)
    return tuple(Reading(name, title(name), begin(sample.decode(name, "replace"))) for name in names[:_OFFERED])


def _wide(data: bytes) -> tuple[Reading, ...]:
    """Return how to read UTF-16 without a byte-order mark: in most languages every other byte is then zero."""
    sample = data[: _LOOKED_AT // 2 * 2]
    if b"\0" not in sample or len(data) % 2:
        return ()
    for name, zeroes in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if zeroes.count(0) > len(zeroes) * 0.4 and _reads(data, name):
            return (Reading(name, title(name), begin(sample.decode(name, "replace"))),)
    return ()


def begin(text: str) -> str:
    """Return the beginning of a text, for a person to judge: from a little before its first character beyond ASCII."""
    first = next((at for at, character in enumerate(text) if ord(character) > 127), 0)
    start = max(0, first - _SHOWN // 3)
    return ("…" if start else "") + text[start : start + _SHOWN]


def _ranked(sample: bytes) -> Iterator[str]:
    """Yield likely encodings. Of those that are as likely as the best, the Western one, as the commonest, comes first
    where it reads the same text."""
    if _a_few_western(sample):
        yield "cp1252"
    import charset_normalizer  # only now: it takes its time

    isolated = [name.replace("-", "_") for name in ENCODINGS]
    matches = list(
        charset_normalizer.from_bytes(sample, cp_isolation=isolated, preemptive_behaviour=False, enable_fallback=False)
    )
    found = [name for match in matches if not (name := match.encoding.replace("_", "-")).startswith("utf-16")]
    if found and _same(sample, found[0], "cp1252"):
        yield "cp1252"
    yield from found


def _a_few_western(sample: bytes) -> bool:
    """Whether so few bytes are beyond ASCII that no statistics tell, and they look like a Western text's."""
    beyond = _BEYOND_ASCII.findall(sample)
    if len(beyond) >= _FEW or not _reads(sample, "cp1252"):
        return False
    text = sample.decode("cp1252")
    letters = [character for character in text if character.isalpha()]
    foreign = sum(character > "\x7f" for character in letters)
    signs = {character for character in text if character > "\x7f" and not character.isalpha()}
    return signs <= _WESTERN_SIGNS and foreign <= len(letters) / 3


def _same(sample: bytes, one: str, other: str) -> bool:
    try:
        return sample.decode(one) == sample.decode(other)
    except UnicodeDecodeError:
        return False


def _reads(data: bytes, name: str) -> bool:
    """Whether all the bytes are text in this encoding, without control characters."""
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return "\0" not in text and not any("\x80" <= character <= "\x9f" for character in text[:_LOOKED_AT])


def _sample(data: bytes) -> bytes:
    """Return the part of the bytes that says most: around the first that is beyond ASCII, cut between lines."""
    if len(data) <= _LOOKED_AT:
        return data
    found = _BEYOND_ASCII.search(data)
    first = found.start() if found else 0
    start = data.rfind(b"\n", 0, first) + 1
    if first - start > _LOOKED_AT // 2:
        start = first
    return data[start : start + _LOOKED_AT]


def _needs_naming(data: bytes) -> bool:
    """Whether UTF-8 does not explain the bytes: they aren't valid, or nothing in them is UTF-8's alone."""
    if data.isascii():
        return b"\0" in data or b"\x1b" in data  # UTF-16 without a mark; ISO 2022
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _mark_length(data: bytes, name: str) -> int:
    return next((len(mark) for mark, known in _BYTE_ORDER_MARKS if known == name and data.startswith(mark)), 0)


def _strictly(data: bytes, start: int, name: str, how: Known) -> tuple[str, Encoding]:
    try:
        return data[start:].decode(name), Encoding(name, title(name), how)
    except UnicodeDecodeError as error:
        shown = name.upper().removesuffix("-LE").removesuffix("-BE")
        raise BadContent(
            f"not {shown} text: {_place(data, start + error.start)}. "
            "Name another encoding, or open it in an editor and save it as plain text (UTF-8) first."
        ) from error


def _not_text(data: bytes, error: UnicodeDecodeError) -> BadContent:
    if kind := next((what for magic, what in _BINARY.items() if data.startswith(magic)), None):
        return BadContent(f"{kind}, which annotator does not read. Open it in its program and save it as plain text.")
    return BadContent(
        f"not UTF-8 text, nor in another encoding: {_place(data, error.start)}. "
        "Open it in its program and save it as plain text (UTF-8) first."
    )


def _place(data: bytes, at: int) -> str:
    byte = f" (0x{data[at]:02x})" if at < len(data) else ""
    return f"byte {at}{byte} is not part of a character"
