"""Documents with spans, made for a test or by hypothesis."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator import paths
from annotator.domain.annotated import AnnotatedDocument, WrittenSpan
from annotator.domain.attributes import Attribute
from annotator.domain.document import AnnotatorState, Document, State
from annotator.domain.relation import Relation
from annotator.domain.review import Action, Decision, Kind, Result, Rule, Source
from annotator.domain.span import Span, fragments_of, span_text, text_order
from annotator.domain.text import sha256

TIME = "2026-01-02T03:04:05.000Z"

MESSY = "e\u0301 👩‍🚀 שלום \u202eabc\u202c a\u00a0b\u2028c\u2029d\u0085e\u000bf\u001cg “q” \t\n 𝔘"

texts = st.text(st.one_of(st.sampled_from(MESSY), st.characters(exclude_categories=["Cs"])), min_size=1).filter(
    lambda text: "\0" not in text and "\r" not in text and not text.startswith("\ufeff") and text.strip() != ""
)
names = st.text(st.sampled_from('abcé \u2028👍"\\'), min_size=1, max_size=8)


def document(text: str, **values: Any) -> Document:
    """A document of that text; what isn't named is None."""
    nothing = dict.fromkeys(
        ("title", "outlet", "author", "published", "language", "url", "source_file", "source_sha256")
    )
    return Document(
        **{
            **nothing,
            "id": "d1",
            "text_sha256": sha256(text),
            "length": len(text),
            "beginning": text[:300],
            "created": TIME,
            **values,
        }
    )


def span(text: str, *pairs: tuple[int, int], **values: Any) -> Span:
    """A span over those stretches of `text`."""
    fragments = fragments_of(pairs, len(text))
    usual = {"id": "s1", "document": "d1", "label": "claim", "annotator": "kim", "created": TIME, "modified": TIME}
    return Span(**{**usual, "fragments": fragments, "text": span_text(text, fragments), **values})


def relation(source: str, target: str, **values: Any) -> Relation:
    """A relation from one span to another."""
    usual = {"id": "r1", "document": "d1", "type": "said by", "annotator": "kim", "created": TIME}
    return Relation(**{**usual, "source": source, "target": target, **values})


def decision(span: Span | WrittenSpan, **values: Any) -> Decision:
    """The decision that took a span, as Kim has it and Lee hasn't, into gold."""
    shape = span.label, span.fragments, span.text, span.attributes
    usual: dict[str, Any] = {"id": "x1", "document": "d1", "rule": Rule.MANUAL, "reviewer": "ruth", "at": TIME}
    usual |= {"kind": Kind.MISSING, "action": Action.ACCEPT}
    usual |= {"sources": (Source("s9", "kim", *shape, print="0"),), "absent": ("lee",), "chosen": "s9"}
    return Decision(**{**usual, "result": Result(span.id, *shape), **values})


def annotated(text: str, *spans: Span, states: tuple[AnnotatorState, ...] = (), **values: Any) -> AnnotatedDocument:
    """A document with spans in text order."""
    going = tuple(map(WrittenSpan.of, sorted(spans, key=text_order)))
    return AnnotatedDocument(document(text, **values), text, states, going)


@st.composite
def annotated_documents(draw: st.DrawFn) -> AnnotatedDocument:
    """Any document, with up to five spans of one or two fragments and up to three relations."""
    text = draw(texts)
    ends = st.integers(0, len(text))
    pairs = st.tuples(ends, ends).filter(lambda pair: pair[0] < pair[1])
    values = st.lists(names, min_size=1, max_size=2).map(tuple)
    said = st.builds(Attribute, names, values, st.booleans())
    spans = [
        span(
            text,
            *draw(st.lists(pairs, min_size=1, max_size=2)),
            id=f"s{number}",
            label=draw(names),
            note=draw(st.none() | names),
            attributes=tuple(draw(st.lists(said, max_size=2, unique_by=lambda each: each.name))),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    states = tuple(AnnotatorState(name, State.DONE) for name in draw(st.sets(names, max_size=2)))
    about = {name: draw(st.none() | names) for name in ("title", "language", "note")}
    document = annotated(text, *spans, states=states, **about)
    joinable = [(one.id, other.id) for one in document.spans for other in document.spans if one.id != other.id]
    drawn = draw(st.lists(st.sampled_from(joinable), max_size=3)) if joinable else []
    joined = [relation(*ends, id=f"r{number}", type=draw(names)) for number, ends in enumerate(drawn)]
    return replace(document, relations=tuple(joined))


def validator(name: str) -> Draft202012Validator:
    """The JSON Schema of that name that ships with the program."""
    schema = json.loads((paths.resources() / "schema" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def rows(path: Path) -> list[Any]:
    """The lines of a file as a careful reader reads them."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
