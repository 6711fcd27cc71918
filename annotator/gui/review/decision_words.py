"""How decisions are worded: what was decided by whom, and what has changed since."""

from collections.abc import Callable, Mapping

from annotator.domain.relation import with_article
from annotator.domain.review import Action, Decision, Kind, ReviewItem, Rule, Source
from annotator.gui.review.difference import without_middle
from annotator.gui.widgets.wording import shown_time

_DONE = {
    Action.ACCEPT: "Accepted",
    Action.REJECT: "Nobody was right",
    Action.CORRECT: "Corrected",
    Action.DEFER: "Deferred",
}


def decided(decision: Decision, time: Callable[[str], str] = shown_time) -> str:
    """Word what was decided, by whom and when: `Accepted by Ruth Feldman, yesterday 17:20`."""
    what = _DONE[decision.action]
    if decision.rule is not Rule.MANUAL:
        by = "unanimous" if decision.rule is Rule.UNANIMOUS else "by majority"
        verb = "left out" if decision.action is Action.REJECT else "merged"
        return f"{verb.capitalize()} automatically, {by}: {decision.reviewer}, {time(decision.at)}"
    if decision.action is Action.REJECT and decision.kind is Kind.SINGLE:
        what = "Rejected"
    elif decision.action is Action.REJECT:
        return f"{what}: {decision.reviewer}, {time(decision.at)}"
    elif decision.action is Action.CORRECT and not decision.sources:
        what = "Added to gold"
    return f"{what} by {decision.reviewer}, {time(decision.at)}"


def reopened(item: ReviewItem, names: Mapping[str, str]) -> list[str]:
    """Return sentences on what has changed since an item that is open again was decided."""
    if not item.earlier or item.decision:
        return []
    if item.kind is Kind.WITHDRAWN:
        return ["Its spans are gone. Gold keeps what was decided until you decide again."]
    last = item.earlier[0]
    before = {source.span: source for source in last.sources}
    now = {source.span: source for source in item.sources}
    came = [source for key, source in now.items() if key not in before]
    went = [source for key, source in before.items() if key not in now]
    replaced = {source.annotator for source in came} & {source.annotator for source in went}
    changed = [_changed(before[key], source, names) for key, source in now.items() if key in before]
    found = [said for said in changed if said]
    found += [f"{_name(who, names)} has another span here now." for who in sorted(replaced)]
    found += [f"{_name(each.annotator, names)} has a span here now." for each in came if each.annotator not in replaced]
    found += [f"{_name(each.annotator, names)}’s span is gone." for each in went if each.annotator not in replaced]
    there = {source.annotator for source in (*last.sources, *item.sources)}
    joined = sorted(set(item.absent) - set(last.absent) - there)
    found += [f"{_name(who, names)} has finished since, with nothing here." for who in joined]
    left = sorted(set(last.absent) - set(item.absent) - there)
    found += [f"{_name(who, names)} is not done any more." for who in left]
    return found or ["What gold had of it has changed."]


def _changed(before: Source, now: Source, names: Mapping[str, str]) -> str:
    """Word how one annotator's span is another than it was; nothing where it isn't."""
    whose = _name(now.annotator, names)
    if before.print == now.print:
        return ""
    if before.label != now.label:
        return f"{whose}’s span is {with_article(now.label)} now, and was {with_article(before.label)}."
    if before.fragments != now.fragments:
        return f"{whose}’s span is “{_short(now.text)}” now, and was “{_short(before.text)}”."
    if before.attributes != now.attributes:
        return f"{whose}’s span has other attributes now."
    return f"{whose}’s span has other relations now."


def _short(words: str) -> str:
    return without_middle(" ".join(words.split()), 60)


def _name(annotator: str, names: Mapping[str, str]) -> str:
    return names.get(annotator, annotator)
