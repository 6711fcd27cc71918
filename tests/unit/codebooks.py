"""Codebooks of any shape that the rules allow."""

from hypothesis import strategies as st

from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.domain.codebook_rules import folded

NAMES = ["claim", "Quote", "said by", "é", "e\u0301x", "שלום", "👩\u200d💻", 'a "b"', "ß", "x\\y", "<b>", "1", "İ"]
names = st.sampled_from(NAMES)
guidelines = st.sampled_from(["", "One line.", "Two\nlines\t“quoted” \u2028"])
looks = st.tuples(
    st.sampled_from(["A", "xyz", "👍", "É"]), st.sampled_from(["#B8730E", "#000000"]), st.sampled_from(LineForm)
)


def different(most: int) -> st.SearchStrategy[list[str]]:
    """Names that a reader tells apart."""
    return st.lists(names, max_size=most, unique_by=folded)


@st.composite
def labels(draw: st.DrawFn) -> tuple[Label, ...]:
    """One to four labels; each may be a kind of one before it."""
    drawn = draw(st.lists(names, min_size=1, max_size=4, unique_by=folded))
    keys = draw(st.permutations([None, 1, 2, 9, None]))
    found: list[Label] = []
    for number, name in enumerate(drawn):
        parent = draw(st.sampled_from([None, *drawn[:number]]))
        found.append(Label(name, *draw(looks), keys[number], draw(guidelines), parent, id=f"label {number}"))
    return tuple(found)


@st.composite
def attributes(draw: st.DrawFn, label: str) -> tuple[AttributeType, ...]:
    """Up to three attributes of one label."""
    found = []
    for name in draw(different(3)):
        kind = draw(st.sampled_from(AttributeKind))
        chosen = kind in (AttributeKind.CHOICE, AttributeKind.CHOICES)
        options = draw(st.lists(names, min_size=1, max_size=4, unique_by=folded)) if chosen else []
        values = tuple(options), draw(st.booleans()), draw(guidelines)
        found.append(AttributeType(label, name, kind, *values, id=f"{label} {name}"))
    return tuple(found)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Any codebook that `codebook_rules.check` lets pass, with ids."""
    every = draw(labels())
    own = [draw(attributes(label.name)) for label in every]
    ends = st.lists(st.sampled_from([label.name for label in every]), max_size=2, unique=True).map(tuple)
    types = tuple(RelationType(name, draw(ends), draw(ends), draw(guidelines), name) for name in draw(different(3)))
    return Codebook(every, tuple(each for some in own for each in some), types)


def in_order(codebook: Codebook) -> tuple[AttributeType, ...]:
    """The attributes as they are read: by label, in the order of labels."""
    return tuple(each for label in codebook for each in codebook.attributes_of(label.name))
