"""The page paints only what changed; what then stands on the screen is what painting all of it would give."""

import random
from dataclasses import replace

from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.codebook import LineForm
from annotator.domain.relation import Relation
from annotator.domain.span import Fragment, Span
from annotator.gui.text.view import TextView
from annotator.gui.theme import LabelStyle

TEXT = "The panel spent ten weeks looking into the details of the programme, and said so in its report.\n" * 40
RELATING = ("relate", "relate", "unrelate", "all", "aim", "preview")
FORMS = {"claim": LineForm.SOLID, "quote": LineForm.DASH, "actor": LineForm.DOUBLE}


def a_view() -> TextView:
    view = TextView()
    tint, strong = QColor("#E7F3FE"), QColor("#D2EAFF")
    view.set_label_styles(
        {name: LabelStyle(name, name[0], form, QColor("#0B5FA5"), tint, strong, tint) for name, form in FORMS.items()}
    )
    view.resize(1000, 700)
    view.show()
    view.show_document(TEXT)
    QTest.qWait(20)
    return view


def a_span(chance: random.Random, name: str) -> Span:
    start, length = chance.randrange(2_500), chance.choice((5, 30, 60, 300))
    label = chance.choice(list(FORMS))
    return Span(name, "d", label, (Fragment(start, start + length),), TEXT[start : start + length], "me", "", "")


def on_screen(view: TextView) -> QImage:
    QApplication.processEvents()
    return view.screen().grabWindow(view.winId()).toImage()


def do_something(view: TextView, chance: random.Random, name: str) -> str:
    """One of the things that change a page; returns what it was."""
    what = chance.choice(
        ("tag", "save", "choose", "hover", "select", "deselect", "remove", "scroll", "caret", *RELATING)
    )
    known = [span.id for span in view.spans()]
    if what == "tag" or not known:
        view.put_span(a_span(chance, name), pending=True)
        return "tag"
    span = view.span(chance.choice(known))
    assert span is not None
    match what:
        case "save":
            view.put_span(replace(span, label=chance.choice(list(FORMS))), pending=chance.random() < 0.5)
        case "choose":
            view.choose(chance.choice((span.id, None)), reveal=False)
        case "hover":
            view.set_hovered(chance.choice((span.id, None)))
        case "select":
            view.select(span.start, span.end)
        case "deselect":
            view.clear_selection()
        case "remove":
            view.remove_span(span.id)
        case "scroll":
            view.verticalScrollBar().setValue(chance.randrange(12))
        case "caret":
            view._set_caret(span.start)
        case _:
            relate(view, what, span, chance.choice([*known, None]))
    return what


def relate(view: TextView, what: str, span: Span, other: str | None) -> None:
    related = view.relations.store.at(span.id)
    if what == "aim":
        view.set_aimed(other)
    elif what == "all":
        view.relations.show_all(not view.relations.all)
    elif what == "preview":
        view.relations.show_preview(*((span.id, other, "said by") if span.id != other else (None,)))
    elif what == "unrelate" and related:
        view.relations.store.remove(related[0].id)
        view.relations.changed()
    elif other and span.id != other:
        name = f"{span.id} {other}"
        view.relations.store.put(Relation(name, "d", "supports", span.id, other, "me", name))
        view.relations.changed()


def test_what_is_on_screen_is_what_painting_everything_gives(qapp: QApplication) -> None:
    view, chance = a_view(), random.Random(3)
    for step in range(120):
        done = do_something(view, chance, f"span {step}")
        seen = on_screen(view)
        view.viewport().update()
        view.refresh()
        assert seen == on_screen(view), f"after step {step}, {done}, the page is not as it should be"
    view.deleteLater()
