"""The text view measured beside a bare QPlainTextEdit (B) with the same text and no spans, in one run, offscreen.

Each measure runs in a process of its own, so that neither memory nor caches of one help another:
`python -m tests.bench.bench_text NAME` prints its figures as JSON.
"""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from tests.bench.common import SPANS, measured, milliseconds, peak_mb, percentile, row, spans_of, text_of

WINDOW = (1000, 800)
PAGES = 200
_WIDTHS, _RESIZES = (700, 660, 740), 100
_ROUNDS = 3
_TURNS = 8  # of the event loop: all that is prepared ahead of a page


def _application() -> Any:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication([])


def _bare() -> Any:
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QPlainTextEdit

    view = QPlainTextEdit()
    font = QFont("serif")
    font.setPixelSize(18)
    view.setFont(font)
    view.setReadOnly(True)
    return view


def _ours() -> Any:
    from PySide6.QtGui import QColor

    from annotator.domain.default_codebook import DEFAULT
    from annotator.gui.text.view import TextView
    from annotator.gui.theme import LabelStyle

    view, tint, strong = TextView(), QColor("#E7F3FE"), QColor("#D2EAFF")
    styles = [LabelStyle(x.name, x.letter, x.line_form, QColor(x.colour), tint, strong, tint) for x in DEFAULT]
    view.set_label_styles({style.name: style for style in styles})
    return view


def _shown(view: Any) -> Any:
    view.resize(*WINDOW)
    view.show()
    _application().processEvents()
    view.grab()
    return view


def _in_sight(spans: list[Any]) -> list[Any]:
    return [span for span in spans if span.start < 4_000]


def open_bare(shape: str) -> dict[str, float]:
    text, view = text_of(shape), _shown(_bare())

    def opened() -> None:
        view.setPlainText(text)
        view.grab()

    return {"open": milliseconds(opened), **_used(view, shape), "memory": peak_mb()}


def open_ours(shape: str) -> dict[str, float]:
    text, view = text_of(shape), _shown(_ours())
    spans = spans_of(text, SPANS)
    first = _in_sight(spans)

    def opened() -> None:
        view.show_document(text, first)
        view.grab()

    figures = {"open": milliseconds(opened)}
    slices = [milliseconds(view.add_spans, part) for part in view.slices(spans)]
    figures["load"], figures["block"] = sum(slices), max(slices)
    gc.freeze()
    return figures | _used(view, shape)


def memory_ours(shape: str) -> dict[str, float]:
    """Peak memory with a document as the window holds it: the text and spans."""
    text, view = text_of(shape), _shown(_ours())
    view.show_document(text)
    for part in view.slices(spans_of(text, SPANS)):
        view.add_spans(part)
    view.grab()
    _paging(view)
    return {"memory": peak_mb()}


def memory_text(shape: str) -> dict[str, float]:
    """As `memory_ours`, without spans: the view's own share."""
    text, view = text_of(shape), _shown(_ours())
    view.show_document(text)
    view.grab()
    _paging(view)
    return {"memory": peak_mb()}


def put_ours(shape: str) -> dict[str, float]:
    """Add a span in sight and paint it, with no others and with all."""
    from annotator.domain.span import Fragment, Span

    text, view = text_of(shape), _shown(_ours())
    figures: dict[str, float] = {}

    def put(span: Span) -> None:
        view.put_span(span)
        view.grab()

    for name, count in (("none", 0), ("all", SPANS)):
        view.show_document(text)
        view.add_spans(spans_of(text, count))
        view.grab()
        times = []
        for k in range(200):
            fragments = (Fragment(40 + k, 60 + k),)
            span = Span(f"new{k}", "d", "claim", fragments, text[40 + k : 60 + k], "me", "", "")
            times.append(milliseconds(put, span))
            view.remove_span(span.id)
        times.sort()
        figures |= {f"{name} median": times[100], f"{name} p99": times[197]}
    return figures


def _used(view: Any, shape: str) -> dict[str, float]:
    """Page and resize; of paragraphs alone, since a bare widget takes seconds to break one line of 10 MB anew."""
    return _paging(view) | _resizing(view) if shape == "paragraphs" else {}


def _paging(view: Any) -> dict[str, float]:
    """Page through, as one does who reads: from the scroll bar's move to the painted page.

    Between two pages all is done that waits, as in the window, where Page Down comes thirty times a second at most.
    `at once` is the same without that: each page is asked for before the one ahead can be prepared.
    """
    bar, application = view.verticalScrollBar(), _application()

    def page() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        application.sendPostedEvents()  # paints; what waits for an idle moment doesn't run

    figures: dict[str, float] = {}
    for name, turns in (("page", _TURNS), ("page at once", 0)):
        times = []
        for _ in range(PAGES):
            for _ in range(turns):
                application.processEvents()
            times.append(milliseconds(page))
        figures |= {f"{name} median": percentile(times, 50), f"{name} p99": percentile(times, 99)}
    return figures


def _resizing(view: Any) -> dict[str, float]:
    """Drag the edge: widths in which lines break elsewhere each time, from the new size to the painted page."""
    application, times = _application(), []

    def resize(width: int) -> None:
        view.resize(width, WINDOW[1])
        application.sendPostedEvents()

    for number in range(_RESIZES):
        for _ in range(_TURNS):
            application.processEvents()
        times.append(milliseconds(resize, _WIDTHS[number % len(_WIDTHS)]))
    return {"resize median": percentile(times, 50), "resize p99": percentile(times, 99)}


_MEASURES: dict[str, Callable[[str], dict[str, float]]] = {
    "open_bare": open_bare,
    "open_ours": open_ours,
    "memory_ours": memory_ours,
    "memory_text": memory_text,
    "put_ours": put_ours,
}


def rows() -> list[dict[str, Any]]:
    """Measure everything of the text view and return it as rows."""
    return [*_paragraph_rows(), *_shape_rows(), *_put_rows()]


def _paragraph_rows() -> Iterator[dict[str, Any]]:
    bare, ours = _alternately("open_bare", "open_ours")
    what = "10 MB, 100,000 spans"
    ratio, took = ours["open"] / bare["open"], ours["open"]
    yield row(f"open {what}: to the first frame", took, "ms", "<= 250 ms", took <= 250)
    yield row(f"open {what}: against B", ratio, "x B", "<= 2 x B", ratio <= 2)
    yield row("all spans loaded after that", ours["load"], "ms", "<= 250 ms", ours["load"] <= 250)
    yield row("longest block of the window meanwhile", ours["block"], "ms", "<= 50 ms", ours["block"] <= 50)
    for name in ("page", "page at once"):
        took, ratio = ours[f"{name} p99"], ours[f"{name} p99"] / bare[f"{name} p99"]
        yield row(f"a {name}, {what}: p99", took, "ms", "<= 16 ms", took <= 16)
        yield row(f"a {name}, {what}: p99 against B", ratio, "x B", "<= 1.5 x B", ratio <= 1.5)
    took, ratio = ours["resize p99"], ours["resize p99"] / bare["resize p99"]
    yield row(f"resize, {what}: p99", took, "ms", "<= 33 ms", took <= 33)
    yield row(f"resize, {what}: p99 against B", ratio, "x B", "<= 2 x B", ratio <= 2)
    for name, kind in (("text alone", "memory_text"), ("text and 100,000 spans", "memory_ours")):
        memory = measured("bench_text", kind, "paragraphs")["memory"] / bare["memory"]
        yield row(f"peak memory, 10 MB, {name}", memory, "x B", "<= 1.2 x B", memory <= 1.2, desk=False)


def _alternately(*names: str) -> list[dict[str, float]]:
    """Measure each in turn, several times over, and return each one's medians: a machine has its slow spells."""
    runs = [[measured("bench_text", name, "paragraphs") for name in names] for _ in range(_ROUNDS)]
    return [{key: median(run[k][key] for run in runs) for key in runs[0][k]} for k in range(len(names))]


def _shape_rows() -> Iterator[dict[str, Any]]:
    for shape, name in (("token", "one token a line"), ("line", "one single line")):
        bare, ours = measured("bench_text", "open_bare", shape), measured("bench_text", "open_ours", shape)
        ratio = ours["open"] / bare["open"]
        yield row(f"open 10 MB, {name}", ratio, "x B", "<= 0.2 x B", ratio <= 0.2)
        yield row(f"open 10 MB, {name}: to the first frame", ours["open"], "ms", "<= 250 ms", ours["open"] <= 250)


def _put_rows() -> Iterator[dict[str, Any]]:
    figures = measured("bench_text", "put_ours", "paragraphs")
    for name, count in (("none", "0"), ("all", "100,000")):
        p99 = figures[f"{name} p99"]
        yield row(f"add a span and paint it, {count} there: p99", p99, "ms", "<= 16 ms", p99 <= 16)


if __name__ == "__main__":
    _application()
    print(json.dumps(_MEASURES[sys.argv[1]](sys.argv[2])))
