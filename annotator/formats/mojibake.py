"""Mojibake: UTF-8 that was once read as another encoding, such as `â€œ` for a quotation mark. And its repair.

The repair is ftfy's `fix_encoding` alone, line by line: nothing but characters of a wrong encoding is touched.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """The text with its mojibake put right."""

    text: str


def find(text: str) -> Repair | None:
    """Return the repair of a text, None where there is nothing to repair."""
    if text.isascii():
        return None
    import ftfy  # only now: it takes its time

    fixed = "\n".join(line if line.isascii() else ftfy.fix_encoding(line) for line in text.split("\n"))
    return None if fixed == text else Repair(fixed)
