"""A text after it was edited in a field that can't show every character: only what was touched is taken over.

Qt's text fields end paragraphs with U+2029 and can't tell it from a line feed; what was not touched comes from the
stored text, so that no character changes because it was shown.
"""

from annotator.domain.text_diff import common, gaps

_PARAGRAPHS = {0x2029: "\n", 0x2028: "\n"}  # Return, and Shift+Return


def edited(stored: str, shown: str, typed: str) -> str:
    """Return `stored` with the edits that made `typed` of `shown`, which is how the field shows `stored`.

    `shown` has the same number of code points as `stored`, each in the same place.
    """
    if typed == shown:
        return stored
    if len(shown) != len(stored):
        return typed.translate(_PARAGRAPHS)
    blocks = common(shown, typed)
    parts: list[tuple[int, str]] = [(block.new, stored[block.old : block.old + block.length]) for block in blocks]
    for gap in gaps(blocks, len(shown), len(typed)):
        parts.append((gap.new_start, typed[gap.new_start : gap.new_end].translate(_PARAGRAPHS)))
    return "".join(part for _, part in sorted(parts, key=lambda each: each[0]))
