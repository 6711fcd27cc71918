"""The text view measured beside a bare QPlainTextEdit (B) with the same text and no spans, in one run, offscreen.

Each measure runs in a process of its own, so that neither memory nor caches of one help another:
`python -m tests.bench.bench_text NAME` prints its figures as JSON.
"""

import gc
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

SIZE, SPANS = 10_000_000, 100_000
WINDOW = (1000, 800)
PAGES = 200


def text_of(shape: str) -> str:
    """Return 10 MB of text: paragraphs of 60 to 800 characters, a token a line, or one single line."""
    if shape == "token":
        return "tokens\n" * (SIZE // 7)
    if shape == "line":
        return "lorem ipsum " * (SIZE // 12)
    chance = random.Random(1)
    words = ["the", "of", "task", "force", "report", "program", "communities", "immigration", "police", "said", "a"]
    sentence = " ".join(chance.choice(words) for _ in range(4_000))
    parts, length = [], 0
    while length < SIZE:
        start, size = chance.randrange(10_000), chance.randrange(60, 800)
        parts.append(sentence[start : start + size])
        length += size + 1
    return "\n".join(parts)[:SIZE]


def spans_of(text: str, count: int) -> list[Any]:
    """Return spans that overlap: mostly short ones, one in ten a paragraph long, one over nearly everything."""
    from annotator.domain.span import Fragment, Span

    chance, labels, spans = random.Random(2), ("claim", "quote", "actor", "policy recommendation"), []
    for k in range(count):
        length = chance.randrange(200, 900) if k % 10 == 0 else chance.randrange(5, 120)
        start = chance.randrange(len(text) - length)
        if k == 7:
            start, length = 10, len(text) - 20
        fragments = (Fragment(start, start + length),)
        stamp = f"2026-01-01T00:00:00.{k % 1000:03}Z"
        spans.append(Span(f"{k:032x}", "d", labels[k % 4], fragments, text[start : start + 40], "me", stamp, stamp))
    spans.sort(key=lambda span: span.start)
    return spans


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

    from annotator.domain.codebook import DEFAULT
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


def _milliseconds(action: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    action(*arguments)
    return (time.perf_counter() - start) * 1000


def _in_sight(spans: list[Any]) -> list[Any]:
    return [span for span in spans if span.start < 4_000]


def open_bare(shape: str) -> dict[str, float]:
    text, view = text_of(shape), _shown(_bare())

    def opened() -> None:
        view.setPlainText(text)
        view.grab()

    return {"open": _milliseconds(opened), **_paging(view), "memory": _peak()}


def open_ours(shape: str) -> dict[str, float]:
    text, view = text_of(shape), _shown(_ours())
    spans = spans_of(text, SPANS)
    first = _in_sight(spans)

    def opened() -> None:
        view.show_document(text, first)
        view.grab()

    figures = {"open": _milliseconds(opened)}
    slices = [_milliseconds(view.add_spans, part) for part in view.slices(spans)]
    figures["load"], figures["block"] = sum(slices), max(slices)
    gc.freeze()
    return figures | _paging(view)


def memory_ours(shape: str) -> dict[str, float]:
    """Peak memory with a document as the window holds it: the text and spans."""
    text, view = text_of(shape), _shown(_ours())
    view.show_document(text)
    for part in view.slices(spans_of(text, SPANS)):
        view.add_spans(part)
    view.grab()
    _paging(view)
    return {"memory": _peak()}


def memory_text(shape: str) -> dict[str, float]:
    """As `memory_ours`, without spans: the view's own share."""
    text, view = text_of(shape), _shown(_ours())
    view.show_document(text)
    view.grab()
    _paging(view)
    return {"memory": _peak()}


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
            times.append(_milliseconds(put, span))
            view.remove_span(span.id)
        times.sort()
        figures |= {f"{name} median": times[100], f"{name} p99": times[197]}
    return figures


def _paging(view: Any) -> dict[str, float]:
    bar = view.verticalScrollBar()

    def page() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        view.grab()

    times = sorted(_milliseconds(page) for _ in range(PAGES))
    return {"page": times[len(times) // 2], "page p99": times[int(len(times) * 0.99) - 1]}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_MEASURES: dict[str, Callable[[str], dict[str, float]]] = {
    "open_bare": open_bare,
    "open_ours": open_ours,
    "memory_ours": memory_ours,
    "memory_text": memory_text,
    "put_ours": put_ours,
}


def measured(name: str, shape: str) -> dict[str, float]:
    """Run one measure in a new process and return its figures (ms, MB)."""
    command = [sys.executable, "-m", "tests.bench.bench_text", name, shape]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def row(name: str, value: float, unit: str, target: str, met: bool, desk: bool = True) -> dict[str, Any]:
    """Return one row of the benchmark's table."""
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target, "met": met, "desk": desk}


def rows() -> list[dict[str, Any]]:
    """Measure everything of the text view and return it as rows."""
    return [*_paragraph_rows(), *_shape_rows(), *_put_rows()]


def _paragraph_rows() -> Iterator[dict[str, Any]]:
    bare, ours = measured("open_bare", "paragraphs"), measured("open_ours", "paragraphs")
    what = "10 MB, 100,000 spans"
    ratio, took = ours["open"] / bare["open"], ours["open"]
    yield row(f"open {what}: to the first frame", took, "ms", "<= 250 ms", took <= 250)
    yield row(f"open {what}: against B", ratio, "x B", "<= 2 x B", ratio <= 2)
    yield row("all spans loaded after that", ours["load"], "ms", "<= 250 ms", ours["load"] <= 250)
    yield row("longest block of the window meanwhile", ours["block"], "ms", "<= 50 ms", ours["block"] <= 50)
    page, ratio = ours["page p99"], ours["page p99"] / bare["page p99"]
    yield row(f"a page, {what}: p99", page, "ms", "<= 16 ms", page <= 16)
    yield row(f"a page, {what}: p99 against B", ratio, "x B", "<= 1.5 x B", ratio <= 1.5)
    for name, kind in (("text alone", "memory_text"), ("text and 100,000 spans", "memory_ours")):
        memory = measured(kind, "paragraphs")["memory"] / bare["memory"]
        yield row(f"peak memory, 10 MB, {name}", memory, "x B", "<= 1.2 x B", memory <= 1.2, desk=False)


def _shape_rows() -> Iterator[dict[str, Any]]:
    for shape, name in (("token", "one token a line"), ("line", "one single line")):
        bare, ours = measured("open_bare", shape), measured("open_ours", shape)
        ratio = ours["open"] / bare["open"]
        yield row(f"open 10 MB, {name}", ratio, "x B", "<= 0.2 x B", ratio <= 0.2)
        yield row(f"open 10 MB, {name}: to the first frame", ours["open"], "ms", "<= 250 ms", ours["open"] <= 250)


def _put_rows() -> Iterator[dict[str, Any]]:
    figures = measured("put_ours", "paragraphs")
    for name, count in (("none", "0"), ("all", "100,000")):
        p99 = figures[f"{name} p99"]
        yield row(f"add a span and paint it, {count} there: p99", p99, "ms", "<= 16 ms", p99 <= 16)


if __name__ == "__main__":
    _application()
    print(json.dumps(_MEASURES[sys.argv[1]](sys.argv[2])))
