"""The codebook that new projects get: what research on claims and policy debates uses."""

from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType

_CLAIM = Label(
    "claim",
    "C",
    "#B8730E",
    LineForm.SOLID,
    1,
    "A statement about how things are, were or will be that somebody could dispute. "
    "Tag the shortest stretch that still says it; leave out who says it.",
)
_QUOTE = Label(
    "quote",
    "Q",
    "#1A80CC",
    LineForm.DOUBLE,
    2,
    "Words that the text gives as somebody's own, with the quotation marks. "
    "A quote cut in two by “he said” is one span of two fragments.",
)
_ACTOR = Label(
    "actor",
    "A",
    "#06573A",
    LineForm.THICK,
    3,
    "A person, organisation, group or government body that says or does something, as the text names it.",
)
_POLICY = Label(
    "policy recommendation",
    "P",
    "#86196A",
    LineForm.DASH,
    4,
    "What somebody says should be done, ended, changed or kept. Tag the measure with its verb.",
)


def _choice(label: Label, name: str, options: tuple[str, ...], guideline: str) -> AttributeType:
    return AttributeType(label.name, name, AttributeKind.CHOICE, options, guideline=guideline)


DEFAULT = Codebook(
    labels=(_CLAIM, _QUOTE, _ACTOR, _POLICY),
    attributes=(
        _choice(
            _CLAIM,
            "kind",
            ("factual", "causal", "evaluation", "prediction"),
            "Factual: how things are. Causal: what brings about what. Evaluation: good or bad. Prediction: to come.",
        ),
        _choice(
            _CLAIM,
            "stance",
            ("supports", "opposes", "neutral", "unclear"),
            "Towards the programme that the debate is about, as the text puts it.",
        ),
        _choice(
            _QUOTE,
            "type",
            ("direct", "indirect", "mixed"),
            "Direct: in quotation marks. Indirect: reported. Mixed: reported, with some words in quotation marks.",
        ),
        _choice(
            _ACTOR,
            "kind",
            ("person", "organisation", "group", "government body"),
            "A named office counts as a government body; people without a common organisation are a group.",
        ),
        AttributeType(
            _ACTOR.name,
            "entity",
            AttributeKind.ENTITY,
            guideline="Who it really is, whatever the text calls them: “ICE” and “Immigration and Customs Enforcement” "
            "are one entity. Leave it empty where the text doesn’t say.",
        ),
        _choice(_POLICY, "action", ("end", "change", "keep", "extend"), "What is to happen to the measure."),
        _choice(_POLICY, "strength", ("demand", "suggestion"), "A demand says must or should, a suggestion could."),
    ),
    relations=(
        RelationType(
            "said by",
            (_CLAIM.name, _QUOTE.name, _POLICY.name),
            (_ACTOR.name,),
            "From the words to the actor who says them.",
        ),
        RelationType(
            "addressed to", (_POLICY.name,), (_ACTOR.name,), "From the measure to the actor asked to take it."
        ),
        RelationType("supports", (_CLAIM.name,), (_CLAIM.name,), "One claim is given as a reason for the other."),
        RelationType("contradicts", (_CLAIM.name,), (_CLAIM.name,), "Both claims can't be true."),
    ),
)
