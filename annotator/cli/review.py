"""`annotator review`: the queue of what annotators differ in, decisions on it, comments."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project, one_line, position, value_of, writable
from annotator.domain.review import NAMES, Action, Kind, ReviewItem, Rule, Status, blind_names
from annotator.domain.text import first_words
from annotator.errors import BadArgument

if TYPE_CHECKING:
    from annotator.project import Project

DESCRIPTION = """\
Review what annotators who finished the same documents differ in:

  queue                  list what is to be decided, or was
  show ITEM              one item with its candidates, decisions and comments
  decide ITEM ACTION     accept (the suggested candidate, or --candidate N), reject (nobody is right), correct (with
                         --label, --at, --attribute), defer; what is accepted or corrected becomes gold
  merge unanimous        put into gold what all agree on; `merge majority` also what more than half agree on, and decide
                         against what more than half don't have. A tie stays open
  comment ITEM TEXT      say something about an item

ITEM is an id of the queue or a unique beginning of one. Annotators' own spans are never changed. Their names are not
shown, a sign stands for each, until --names reveals them, which is recorded. Each command is one change that `undo`
takes back."""
EXAMPLES = (
    "annotator review study.annotator queue --status open --kind boundary",
    "annotator review study.annotator decide 3f2a accept --candidate 2 --reason “without the comma”",
    "annotator review study.annotator decide 3f2a correct --label quote --at 120 160",
    "annotator review study.annotator merge unanimous",
    "annotator review study.annotator queue --alone kim",
)
_ARGUMENTS = {
    "queue": (),
    "show": ("ITEM",),
    "decide": ("ITEM", "ACTION"),
    "merge": ("RULE",),
    "comment": ("ITEM", "TEXT"),
}
_WORDS = 50  # characters of a candidate's text in the list


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("what", metavar="WHAT", choices=list(_ARGUMENTS), help=", ".join(_ARGUMENTS))
    parser.add_argument("rest", metavar="…", nargs="*", type=writable, help="what it is done to: see above")
    parser.add_argument("--document", metavar="D", action="append", default=[], help="the items of this document alone")
    _add_members(parser, "--kind", Kind)
    _add_members(parser, "--status", Status)
    parser.add_argument(
        "--between", metavar="N", nargs=2, type=one_line, default=(), help="the items on which these two differ"
    )
    parser.add_argument(
        "--alone", metavar="NAME", type=one_line, help="review one annotator’s spans, each for itself, without a second"
    )
    parser.add_argument("--names", action="store_true", help="show whose the candidates are; recorded in the project")
    parser.add_argument("--candidate", metavar="N", type=position, help="decide: the candidate, counted from 1")
    parser.add_argument("--label", metavar="L", type=one_line, help="decide correct: the label")
    parser.add_argument(
        "--at",
        metavar=("START", "END"),
        nargs=2,
        action="append",
        type=position,
        help="decide correct: the place; may be given several times, for fragments",
    )
    parser.add_argument(
        "--attribute", metavar="NAME=VALUE", action="append", type=value_of, help="decide correct: the attributes"
    )
    parser.add_argument("--reason", metavar="TEXT", type=writable, help="decide: why, kept with the decision")
    add_annotator(parser)


def _add_members(parser: ArgumentParser, name: str, kind: type[Kind] | type[Status]) -> None:
    members = [member.value for member in kind]
    text = f"the items that are so alone ({', '.join(members)}); may be given several times"
    parser.add_argument(name, metavar="K", action="append", default=[], choices=members, help=text)


def run(arguments: Namespace) -> int:
    wanted = _ARGUMENTS[arguments.what]
    if len(arguments.rest) != len(wanted):
        raise BadArgument(
            f"review {arguments.what} takes {' and '.join(wanted) or 'nothing more'}.\n"
            "How it is used: annotator review --help"
        )
    do = {"queue": _queue, "show": _show, "decide": _decide, "merge": _merge, "comment": _comment}[arguments.what]
    with annotator.open(arguments.project, arguments.annotator) as project:
        do(project, arguments)
    return 0


def _items(project: "Project", arguments: Namespace) -> list[ReviewItem]:
    documents = [project.documents.find(name).id for name in arguments.document] or None
    items = project.review_queue(annotators=arguments.between, alone=arguments.alone, documents=documents)
    kept = (item for item in items if not arguments.kind or item.kind in arguments.kind)
    return [item for item in kept if not arguments.status or item.status in arguments.status]


class _Called:
    """What annotators are called in each document: by name where that was revealed, else by a sign."""

    def __init__(self, project: "Project", arguments: Namespace) -> None:
        self._project, self._all = project, arguments.names or arguments.alone is not None
        self._reveals = arguments.names
        self._known: dict[str, Mapping[str, str]] = {}

    def __call__(self, document_id: str) -> Mapping[str, str]:
        if document_id not in self._known:
            if self._reveals:
                self._project.reveal(document_id, NAMES)
            people = self._project.finished_by(document_id)
            shown = self._all or any(
                (each.annotator, each.what) == (self._project.annotator, NAMES)
                for each in self._project.reveals(document_id)
            )
            everybody = self._project.annotators()
            unseen = dict.fromkeys(everybody, "?") | blind_names(document_id, people)
            self._known[document_id] = {name: name for name in everybody} if shown else unseen
        return self._known[document_id]


def _queue(project: "Project", arguments: Namespace) -> None:
    items, called = _items(project, arguments), _Called(project, arguments)
    if arguments.json:
        output.say_json([records.review_item(item, called(item.document)) for item in items])
        return
    rows = [_row(item, called(item.document)) for item in items]
    for line in output.columns([("ITEM", "STATUS", "KIND", "DOCUMENT", "VOTES", "CANDIDATES"), *rows]):
        output.say(line)
    if not items:
        output.say(_why_none(project, arguments))
    if hidden := project.hidden_from_review():
        output.complain(
            f"{output.counted(len(hidden), 'document')} left out: you have begun and not finished "
            f"{'it' if len(hidden) == 1 else 'them'}."
        )


def _why_none(project: "Project", arguments: Namespace) -> str:
    narrowed = arguments.document or arguments.kind or arguments.status or arguments.between
    if narrowed and project.review_queue(alone=arguments.alone):
        return "No item of the queue is so."
    if arguments.alone:
        return f"{arguments.alone} has marked no document with spans done."
    return (
        "Nothing to review: no document was marked done by two annotators. "
        f"For the work of one: annotator review {arguments.project} queue --alone NAME"
    )


def _row(item: ReviewItem, names: Mapping[str, str]) -> tuple[str, ...]:
    votes = [*(", ".join(names[name] for name in each.annotators) for each in item.candidates)]
    votes += [f"nothing: {', '.join(names[name] for name in item.absent)}"] if item.absent else []
    return item.id, item.status.value, item.kind.value, item.document, " | ".join(votes), " | ".join(_words(item))


def _words(item: ReviewItem) -> Iterator[str]:
    for candidate in item.candidates:
        yield f"{candidate.span.label} “{first_words(candidate.span.text, _WORDS)}”"
    results = [each.result for each in (item.decision, *item.earlier) if each and each.result]
    if not item.candidates and results:
        yield f"gold {results[0].label} “{first_words(results[0].text, _WORDS)}”"


def _show(project: "Project", arguments: Namespace) -> None:
    item = project.review_item(arguments.rest[0], alone=arguments.alone)
    names = _Called(project, arguments)(item.document)
    spans = {span.id for span in item.spans}
    said = [each for each in project.comments(item.document) if spans & set(each.spans)]
    if arguments.json:
        output.say_json({**records.review_item(item, names), "comments": [records.comment(each) for each in said]})
        return
    output.say(f"{item.id}  {item.kind.value}, {item.status.value}, in {item.document}")
    for place, candidate in enumerate(item.candidates, 1):
        votes = f"{candidate.votes} of {item.voters}" + (", suggested" if place - 1 == item.suggested else "")
        where = ", ".join(f"{piece.start} to {piece.end}" for piece in candidate.span.fragments)
        output.say(f"{place}. {', '.join(names[name] for name in candidate.annotators)} ({votes}), {where}:")
        output.say(f"   {candidate.span.label} “{candidate.span.text}”")
        for value in candidate.span.attributes:
            output.say(f"   {value.name}: {', '.join(value.values)}")
    if item.absent:
        output.say(f"Nothing here: {', '.join(names[name] for name in item.absent)}")
    for decision in (*([item.decision] if item.decision else ()), *item.earlier):
        output.say(_decided(decision.action, decision.reviewer, decision.at, decision.reason))
    for each in said:
        output.say(f"{each.author}, {each.at[:16].replace('T', ' ')}: {each.text}")


def _decided(action: Action, reviewer: str, at: str, reason: str | None) -> str:
    return f"{reviewer}, {at[:16].replace('T', ' ')}: {action.value}{f' ({reason})' if reason else ''}"


def _decide(project: "Project", arguments: Namespace) -> None:
    item = project.review_item(arguments.rest[0], alone=arguments.alone)
    candidate = None if arguments.candidate is None else arguments.candidate - 1
    attributes: dict[str, list[str]] = {}
    for name, value in arguments.attribute or ():
        attributes.setdefault(name, []).append(value)
    decision = project.decide(
        item,
        arguments.rest[1],
        candidate=candidate,
        label=arguments.label,
        fragments=arguments.at and [(start, end) for start, end in arguments.at],
        attributes=attributes or None,
        reason=arguments.reason,
    )
    if arguments.json:
        output.say_json(records.decision(decision, _Called(project, arguments)(item.document)))
    elif decision.result:
        output.say(f"Gold has {decision.result.label} “{first_words(decision.result.text, _WORDS)}” now.")
    else:
        output.say(
            "Put off." if decision.action is Action.DEFER else "Decided: nobody is right; gold has nothing here."
        )


def _merge(project: "Project", arguments: Namespace) -> None:
    rules = [rule.value for rule in Rule if rule is not Rule.MANUAL]
    if arguments.rest[0] not in rules:
        raise BadArgument(f"There is no rule “{arguments.rest[0]}”. There are: {', '.join(rules)}.")
    items = _items(project, arguments)
    decided = project.merge(items, arguments.rest[0])
    if arguments.json:
        called = _Called(project, arguments)
        output.say_json([records.decision(each, called(each.document)) for each in decided])
        return
    accepted = sum(each.result is not None for each in decided)
    left = sum(item.open for item in items) - len(decided)
    output.say(_merged(accepted, len(decided) - accepted, left))


def _merged(accepted: int, rejected: int, left: int) -> str:
    said = f"Merged {output.counted(accepted, 'item')} into gold"
    said += f", decided against {output.counted(rejected, 'item')}" if rejected else ""
    return f"{said}. {output.counted(left, 'item')} {'stays' if left == 1 else 'stay'} open."


def _comment(project: "Project", arguments: Namespace) -> None:
    item = project.review_item(arguments.rest[0], alone=arguments.alone)
    said = project.comment(item.document, arguments.rest[1], spans=_spans_of(item))
    if arguments.json:
        output.say_json(records.comment(said))
    else:
        output.say("Said.")


def _spans_of(item: ReviewItem) -> Sequence[str]:
    """The spans that name an item; of one that has none any more, its gold."""
    results = [each.result.span for each in (item.decision, *item.earlier) if each and each.result]
    return [span.id for span in item.spans] or results[:1]
