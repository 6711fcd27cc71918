"""What is said about spans when the mouse rests on them."""

from collections.abc import Iterable

from annotator.domain.span import Span
from annotator.domain.text import first_words
from annotator.gui.widgets.wording import plain_tooltip

_LONGEST = 80  # code points of a value or a note


def tip(spans: Iterable[Span], position: int, more: str = "") -> str:
    """Return the tooltip of the spans at a position: always shown as plain text, whatever a label or a note says.

    `more` is a line that comes last.
    """
    lines = "\n\n".join(_about(span, position) for span in spans)
    return plain_tooltip(f"{lines}\n{more}" if more else lines)


def _about(span: Span, position: int) -> str:
    """Label, annotator, which of several fragments it is; a line for each attribute; the note's beginning."""
    head = [span.label, span.annotator]
    here = next((k for k, f in enumerate(span.fragments, 1) if f.start <= position <= f.end), None)
    if len(span.fragments) > 1 and here:
        head.append(f"fragment {here} of {len(span.fragments)}")
    lines = [" · ".join(head)]
    lines += [f"{each.name}: {first_words(', '.join(each.values), _LONGEST)}" for each in span.attributes]
    if note := (span.note or "").strip():
        lines.append(first_words(note.splitlines()[0], _LONGEST))
    return "\n".join(lines)
