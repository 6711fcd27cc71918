"""Finished documents in few words, for tests, and random ones."""

from itertools import pairwise

from hypothesis import strategies as st

from annotator.agreement.finished import Finished
from annotator.domain.attributes import Attribute
from annotator.domain.span import Fragment, Span


def span(label, *pairs, by="a", key="", document="d", attributes=()):
    """A span of a label on one or more (start, end)."""
    fragments = tuple(Fragment(*pair) for pair in sorted(pairs))
    name = key or f"{by}-{label}-" + "-".join(f"{part.start}.{part.end}" for part in fragments)
    values = tuple(Attribute(each, tuple(value.split("|"))) for each, value in attributes)
    return Span(name, document, label, fragments, "", by, "", "", attributes=values)


def finished(length, document="d", **spans):
    """A document; by annotator the spans, each (label, start, end) or (label, (start, end), (start, end)…)."""
    made = {}
    for name, places in spans.items():
        made[name] = tuple(
            span(label, *(where if isinstance(where[0], tuple) else [where]), by=name, key=f"{name}{number}")
            for number, (label, *where) in enumerate(places)
        )
    return Finished(document, length, made)


LENGTH = 24
labels = st.sampled_from(["claim", "quote", "actor"])


@st.composite
def stretch(draw):
    start = draw(st.integers(0, LENGTH - 1))
    return start, draw(st.integers(start + 1, min(LENGTH, start + 9)))


@st.composite
def fragmented(draw):
    """A label with one or two fragments that neither touch nor overlap."""
    parts = sorted(draw(st.lists(stretch(), min_size=1, max_size=2)))
    if len(parts) == 2 and parts[1][0] <= parts[0][1]:
        parts = parts[:1]
    return (draw(labels), *parts)


@st.composite
def annotated(draw, people=2, most=5):
    """A document that so many annotators finished: overlapping, nested, stacked and fragmented spans."""
    chosen = {name: draw(st.lists(fragmented(), max_size=most)) for name in "abcdef"[:people]}
    return finished(LENGTH, **chosen)


@st.composite
def corpus(draw, people=2):
    """A few documents, finished by everybody."""
    made = draw(st.lists(annotated(people), min_size=1, max_size=3))
    return [Finished(f"d{number}", each.length, each.spans) for number, each in enumerate(made)]


@st.composite
def unitized(draw, people=2):
    """Documents in which nobody's spans overlap."""
    documents = []
    for number in range(draw(st.integers(1, 3))):
        chosen = {}
        for name in "abcdef"[:people]:
            edges = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=8)))
            pairs = list(pairwise(edges))
            chosen[name] = [(draw(labels), *pair) for pair in pairs if draw(st.booleans())]
        documents.append(finished(LENGTH, f"d{number}", **chosen))
    return documents
