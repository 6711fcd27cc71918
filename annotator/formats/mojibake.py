"""Mojibake: UTF-8 that was once read as another encoding, such as `â€œ` for a quotation mark. What a repair changes.

The repair is ftfy's `fix_encoding` alone, line by line: nothing but characters of a wrong encoding is touched.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from annotator.domain.incoming import Repair, Stretch

LONGEST = 5_000_000
"""Code points of a text that is looked at: about a second of work where it is full of mojibake."""

# The closing quotation mark is E2 80 9D in UTF-8, and Windows-1252 has no character 9D: programs drop it.
_CONTINUING = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0)) + "\x81\x8d\x8f\x90\x9d"
_LOST = re.compile(f"â€(?![{re.escape(_CONTINUING)}])")
# A character that was read as several is at least two beyond ASCII, of which a blank may have become an ordinary one.
_SUSPECT = re.compile("[^\x00-\x7f]{2}|Ã |â€|[\x80-\x9f]")
_ANCHOR = re.compile(r"[!-~]+")


def find(text: str) -> Repair | None:
    """Return the text with its mojibake repaired and the stretches that change; None where there is nothing to repair.

    A text of over `LONGEST` code points is not looked at.
    """
    if len(text) > LONGEST or not _SUSPECT.search(text):
        return None
    import ftfy  # only now: it takes its time

    lines = text.split("\n")
    fixed = [_fixed(line, ftfy.fix_encoding) if _SUSPECT.search(line) else line for line in lines]
    if fixed == lines:
        return None
    stretches: list[Stretch] = []
    old = new = 0
    for before, after in zip(lines, fixed, strict=True):
        if before != after:
            stretches += changed(before, after, old, new)
        old += len(before) + 1
        new += len(after) + 1
    return Repair("\n".join(fixed), tuple(stretches))


def _fixed(line: str, fix: Callable[[str], str]) -> str:
    """Return the line as `fix` leaves it, with what a program dropped from it put back first."""
    whole = fix(_LOST.sub("â€\x9d", line))
    found = whole if "\x9d" not in whole else fix(line)
    return line if {"\n", "\r", "\0"} & set(found) or any("\ud800" <= each <= "\udfff" for each in found) else found


def changed(old: str, new: str, at: int = 0, new_at: int = 0) -> list[Stretch]:
    """Return where two lines differ, as stretches from positions `at` and `new_at` on.

    No repair touches visible ASCII characters, so the runs of them are the same on both sides and lie between what
    may differ; where they are not, all between the ends that are alike is one stretch.
    """
    runs, new_runs = list(_ANCHOR.finditer(old)), list(_ANCHOR.finditer(new))
    if [run[0] for run in runs] != [run[0] for run in new_runs]:
        return [_trimmed(old, new, (0, len(old)), (0, len(new)), at, new_at)]
    edges = [(0, 0), *((run.start(), run.end()) for run in runs), (len(old), len(old))]
    new_edges = [(0, 0), *((run.start(), run.end()) for run in new_runs), (len(new), len(new))]
    gaps = [(a[1], b[0]) for a, b in pairwise(edges)]
    new_gaps = [(a[1], b[0]) for a, b in pairwise(new_edges)]
    return [
        _trimmed(old, new, gap, new_gap, at, new_at)
        for gap, new_gap in zip(gaps, new_gaps, strict=True)
        if old[slice(*gap)] != new[slice(*new_gap)]
    ]


def _trimmed(old: str, new: str, gap: tuple[int, int], new_gap: tuple[int, int], at: int, new_at: int) -> Stretch:
    """Return the stretch of a gap without what is alike at its ends."""
    (start, end), (new_start, new_end) = gap, new_gap
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return Stretch(at + start, at + end, new_at + new_start, new_at + new_end)
