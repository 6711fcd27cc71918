"""A review: the queue of what annotators differ in, decisions, gold, and what stays hidden from whom."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import annotator
from annotator import paths
from annotator.domain.change import ChangeSet
from annotator.domain.document import State
from annotator.domain.review import GOLD, NAMES, SPANS, Action, Kind, ReviewItem, Rule, Status
from annotator.errors import BadArgument, CannotUndo, NotFound, Stale
from annotator.project import Project
from tests.ready import ready

TEXT = "The task force said that the program hurts trust. It must end, said Arturo Venegas of the task force.\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project with one document, on which nobody has worked."""
    (tmp_path / "doc.txt").write_text(TEXT, "utf-8")
    return ready(tmp_path / "study.annotator", _make_study)


def _make_study(path: Path) -> None:
    with annotator.new(path, annotator="setup") as made:
        made.import_file(path.with_name("doc.txt"))


Opening = Callable[[str], Project]


@pytest.fixture
def people(study: Path, request: pytest.FixtureRequest) -> Opening:
    """Opens the project for somebody, once."""
    known: dict[str, Project] = {}

    def opened(name: str) -> Project:
        if name not in known:
            known[name] = annotator.open(study, name)
            request.addfinalizer(known[name].close)
        return known[name]

    return opened


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def work(project: Project, *spans: tuple[str, str], done: bool = True) -> list[str]:
    """Tag (label, words) each, and mark the document done; returns the spans' ids."""
    made = [project.tag("doc", label, *place(words)).id for label, words in spans]
    if done:
        project.set_state("doc", State.DONE)
    return made


CLAIM = ("claim", "the program hurts trust")
LONGER = ("claim", "that the program hurts trust")
ACTOR = ("actor", "Arturo Venegas")


def kinds(items: list[ReviewItem]) -> list[str]:
    return [item.kind.value for item in items]


def gold_of(project: Project) -> list[tuple[str, str]]:
    return [(span.label, span.text) for span in project.gold("doc")]


def test_the_queue_has_what_two_who_are_done_differ_in(people: Opening) -> None:
    work(people("kim"), CLAIM, ACTOR)
    work(people("lee"), LONGER, ACTOR, ("quote", "It must end"))
    queue = people("ruth").review_queue()
    assert kinds(queue) == ["boundary", "missing", "unanimous"]
    assert [item.status for item in queue] == [Status.OPEN] * 3
    assert [item.absent for item in queue] == [(), ("kim",), ()]
    assert queue[2].candidates[0].annotators == ("kim", "lee")


def test_not_annotated_yet_is_not_missing(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), done=False)
    assert people("ruth").review_queue() == []
    people("lee").set_state("doc", State.DONE)
    assert kinds(people("ruth").review_queue()) == ["missing"]


def test_taking_a_candidate_makes_gold_and_leaves_the_annotators_spans(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    before = ruth.spans("doc")
    item = ruth.review_queue()[0]
    decision = ruth.decide(item, "accept", candidate=1, reason="without “that”")
    assert (decision.action, decision.rule, decision.reviewer, decision.reason) == (
        Action.ACCEPT,
        Rule.MANUAL,
        "ruth",
        "without “that”",
    )
    assert [source.annotator for source in decision.sources] == ["lee", "kim"]
    assert decision.chosen == item.candidates[1].span.id
    assert gold_of(ruth) == [("claim", item.candidates[1].span.text)]
    assert ruth.gold("doc")[0].annotator == GOLD
    assert ruth.spans("doc") == before
    assert [item.status for item in ruth.review_queue()] == [Status.DECIDED]
    assert ruth.check() == []


def test_undo_takes_back_a_decision_and_redo_brings_it_again(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    ruth.decide(ruth.review_queue()[0], "accept", candidate=0)
    ruth.decide(ruth.review_queue()[0], "reject")
    assert gold_of(ruth) == []
    assert ruth.undo().name == "reject claim"
    assert len(gold_of(ruth)) == 1
    assert ruth.undo().name == "accept claim"
    assert gold_of(ruth) == []
    assert ruth.decisions("doc") == []
    ruth.redo()
    ruth.redo()
    assert gold_of(ruth) == []
    assert [each.action for each in ruth.decisions("doc")] == [Action.REJECT, Action.ACCEPT]
    assert ruth.check() == []


def test_deciding_again_keeps_the_earlier_decision(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    first = ruth.decide(ruth.review_queue()[0], "accept", candidate=0)
    gold = ruth.gold("doc")[0].id
    second = ruth.decide(ruth.review_queue()[0], "accept", candidate=1)
    assert [(each.id, each.superseded) for each in ruth.decisions("doc")] == [(second.id, None), (first.id, second.id)]
    assert [span.id for span in ruth.gold("doc")] == [gold]
    assert ruth.review_queue()[0].decision == second


def test_a_correction_takes_what_nobody_had(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    ruth.decide(
        ruth.review_queue()[0], "correct", candidate=0, label="policy recommendation", fragments=[place("hurts trust")]
    )
    assert gold_of(ruth) == [("policy recommendation", "hurts trust")]
    ruth.decide(ruth.review_queue()[0], Action.CORRECT, fragments=[place("hurts")])
    assert gold_of(ruth) == [("policy recommendation", "hurts")]
    assert ruth.check() == []


def test_a_tie_suggests_nothing_and_must_be_decided(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    item = ruth.review_queue()[0]
    assert item.suggested is None
    with pytest.raises(BadArgument, match="Say which of its 2 candidates"):
        ruth.decide(item, "accept")
    with pytest.raises(NotFound, match="no candidate 3"):
        ruth.decide(item, "accept", candidate=2)
    with pytest.raises(BadArgument, match="no decision"):
        ruth.decide(item, "approve")
    assert ruth.history()[0].annotator == "lee"


def test_unanimous_items_are_merged_at_once_and_majorities_when_asked(people: Opening) -> None:
    work(people("kim"), CLAIM, ACTOR, ("actor", "The task force"))
    work(people("lee"), CLAIM, ACTOR, ("quote", "It must end"))
    work(people("max"), CLAIM, ("actor", "Arturo Venegas of the task force"))
    ruth = people("ruth")
    merged = ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    assert [(each.rule, each.kind) for each in merged] == [(Rule.UNANIMOUS, Kind.UNANIMOUS)]
    assert gold_of(ruth) == [("claim", CLAIM[1])]
    majority = ruth.merge(ruth.review_queue(), "majority")
    assert sorted(each.action.value for each in majority) == ["accept", "reject", "reject"]
    assert gold_of(ruth) == [("claim", CLAIM[1]), ACTOR]
    assert all(item.decision for item in ruth.review_queue())
    assert ruth.undo().name == "merge 3 items by majority"
    assert gold_of(ruth) == [("claim", CLAIM[1])]


def test_a_tie_never_merges(people: Opening) -> None:
    work(people("kim"), CLAIM, ACTOR)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    assert ruth.merge(ruth.review_queue(), Rule.MAJORITY) == []
    assert ruth.decisions("doc") == []


def test_what_is_put_off_is_deferred_until_it_is_decided(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    ruth.decide(ruth.review_queue()[0], "defer", reason="ask Kim")
    assert ruth.review_queue()[0].status is Status.DEFERRED
    ruth.decide(ruth.review_queue()[0], "accept", candidate=0)
    assert ruth.review_queue()[0].status is Status.DECIDED


def test_an_item_opens_again_when_its_sources_change_and_only_it(people: Opening) -> None:
    kim, lee, ruth = people("kim"), people("lee"), people("ruth")
    claim, _ = work(kim, CLAIM, ACTOR)
    work(lee, LONGER, ACTOR)
    for item in ruth.review_queue():
        ruth.decide(item, "accept", candidate=0)
    gold = gold_of(ruth)
    kim.set_note(claim, "sure?")
    assert [item.status for item in ruth.review_queue()] == [Status.DECIDED] * 2
    kim.resize(claim, place("hurts trust"))
    queue = ruth.review_queue()
    assert [item.status for item in queue] == [Status.REOPENED, Status.DECIDED]
    assert [each.action for each in queue[0].earlier] == [Action.ACCEPT]
    assert gold_of(ruth) == gold
    kim.undo()
    assert [item.status for item in ruth.review_queue()] == [Status.DECIDED] * 2


def test_a_third_annotator_opens_the_items_again(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), CLAIM)
    ruth = people("ruth")
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    work(people("max"), LONGER)
    item = ruth.review_queue()[0]
    assert (item.status, item.suggested) == (Status.REOPENED, 0)
    ruth.decide(item, "accept")
    assert [each.superseded is None for each in ruth.decisions("doc")] == [True, False]
    assert len(ruth.gold("doc")) == 1


def test_gold_of_spans_that_are_gone_waits_for_a_decision(people: Opening) -> None:
    kim, lee, ruth = people("kim"), people("lee"), people("ruth")
    mine, others = work(kim, CLAIM), work(lee, CLAIM)
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    kim.delete(*mine)
    lee.delete(*others)
    (item,) = ruth.review_queue()
    assert (item.kind, item.status, item.candidates) == (Kind.WITHDRAWN, Status.REOPENED, ())
    ruth.decide(item, "accept")
    assert gold_of(ruth) == [CLAIM]
    (kept,) = ruth.review_queue()
    assert kept.status is Status.DECIDED
    ruth.decide(kept, "reject")
    assert gold_of(ruth) == []
    assert ruth.review_queue() == []
    assert ruth.check() == []


def test_gold_can_be_added_where_nobody_tagged(people: Opening) -> None:
    work(people("kim"))
    work(people("lee"))
    ruth = people("ruth")
    ruth.add_gold("doc", "actor", place("task force"), reason="both missed it")
    (item,) = ruth.review_queue()
    assert item.decision is not None
    assert (item.status, item.absent, item.decision.reason) == (Status.DECIDED, ("kim", "lee"), "both missed it")
    ruth.decide(item, "correct", fragments=[place("The task force")])
    assert gold_of(ruth) == [("actor", "The task force")]
    ruth.undo()
    ruth.undo()
    assert gold_of(ruth) == []


def test_gold_gets_the_relations_between_what_was_chosen(people: Opening) -> None:
    kim, lee, ruth = people("kim"), people("lee"), people("ruth")
    for who in (kim, lee):
        quote, actor = work(who, ("quote", "It must end"), ACTOR)
        who.relate(quote, "said by", actor)
    queue = ruth.review_queue()
    ruth.decide(queue[0], "accept")
    assert ruth.gold_relations("doc") == []
    ruth.decide(ruth.review_queue()[1], "accept")
    (relation,) = ruth.gold_relations("doc")
    assert [relation.source, relation.target] == [span.id for span in ruth.gold("doc")]
    assert len(ruth.relations("doc")) == 2
    ruth.decide(ruth.review_queue()[1], "reject")
    assert ruth.gold_relations("doc") == []
    ruth.undo()
    assert len(ruth.gold_relations("doc")) == 1
    assert ruth.check() == []


def test_where_relations_differ_they_are_what_is_decided(people: Opening) -> None:
    kim, lee, ruth = people("kim"), people("lee"), people("ruth")
    quote, actor = work(kim, ("quote", "It must end"), ACTOR)
    kim.relate(quote, "said by", actor)
    work(lee, ("quote", "It must end"), ACTOR)
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    item = next(item for item in ruth.review_queue() if item.kind is Kind.RELATION)
    assert [candidate.annotators for candidate in item.candidates] == [("kim",), ("lee",)]
    ruth.decide(item, "accept", candidate=1)
    assert ruth.gold_relations("doc") == []
    item = next(item for item in ruth.review_queue() if item.kind is Kind.RELATION)
    ruth.decide(item, "accept", candidate=0)
    assert len(ruth.gold_relations("doc")) == 1


def test_nobody_changes_gold_but_by_a_decision(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), CLAIM)
    ruth = people("ruth")
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    gold = ruth.gold("doc")[0].id
    for change in (
        lambda: ruth.delete(gold),
        lambda: ruth.retag(gold, "quote"),
        lambda: ruth.resize(gold, (0, 3)),
        lambda: ruth.set_note(gold, "mine"),
        lambda: ruth.duplicate(gold, "quote"),
    ):
        with pytest.raises(BadArgument, match="belongs to gold"):
            change()
    with pytest.raises(BadArgument, match="the layer of reviewed spans"):
        annotator.open(ruth.path, GOLD)
    assert GOLD not in ruth.annotators()
    assert ruth.statuses()[0].spans == 0


def test_two_reviewers_at_once_are_told_of_each_other(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth, rolf = people("ruth"), people("rolf")
    shown = rolf.review_queue()[0]
    ruth.decide(ruth.review_queue()[0], "accept", candidate=0)
    with pytest.raises(Stale, match="ruth has decided"):
        rolf.decide(shown, "reject")
    assert len(gold_of(rolf)) == 1
    shown = rolf.review_queue()[0]
    rolf.decide(shown, "reject")
    with pytest.raises(CannotUndo, match="rolf changed the same later"):
        ruth.undo()


def test_spans_that_changed_since_they_were_shown_are_not_decided_on(people: Opening) -> None:
    (claim,) = work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    item = ruth.review_queue()[0]
    people("kim").retag(claim, "quote")
    with pytest.raises(Stale, match="have changed since"):
        ruth.decide(item, "accept", candidate=0)
    assert ruth.decisions("doc") == []


def test_a_redo_does_not_decide_twice(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    ruth, rolf = people("ruth"), people("rolf")
    ruth.decide(ruth.review_queue()[0], "accept", candidate=0)
    ruth.undo()
    rolf.decide(rolf.review_queue()[0], "accept", candidate=1)
    with pytest.raises(CannotUndo, match="both hold"):
        ruth.redo()
    assert len(gold_of(ruth)) == 1
    assert ruth.check() == []


def test_one_colleague_s_work_is_reviewed_span_by_span(people: Opening) -> None:
    work(people("kim"), CLAIM, ACTOR)
    ruth = people("ruth")
    assert ruth.review_queue() == []
    queue = ruth.review_queue(alone="kim")
    assert kinds(queue) == ["single", "single"]
    ruth.decide(queue[0], "accept")
    ruth.decide(queue[1], "reject", reason="not an actor here")
    assert gold_of(ruth) == [CLAIM]
    mine = [item.decision for item in people("kim").review_queue(alone="kim")]
    assert [decision.action.value for decision in mine if decision] == ["accept", "reject"]
    with pytest.raises(NotFound, match="Nobody called"):
        ruth.review_queue(alone="nobody")


def test_an_annotator_sees_what_was_decided_on_their_spans_among_others(people: Opening) -> None:
    work(people("kim"), CLAIM, ACTOR)
    work(people("lee"), LONGER)
    ruth = people("ruth")
    ruth.decide(ruth.review_queue()[0], "reject", reason="too short")
    mine = people("kim").review_queue(alone="kim")
    assert [(item.status, item.decision and item.decision.reason) for item in mine] == [
        (Status.DECIDED, "too short"),
        (Status.OPEN, None),
    ]


def test_others_work_is_hidden_until_one_s_own_is_done(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), CLAIM)
    max_ = people("max")
    work(max_, ACTOR, done=False)
    assert max_.hidden_from_review() == ["doc"]
    assert max_.review_queue() == []
    max_.reveal("doc", SPANS)
    assert max_.hidden_from_review() == []
    assert kinds(max_.review_queue()) == ["unanimous"]
    assert [(each.annotator, each.what) for each in max_.reveals("doc")] == [("max", SPANS)]
    max_.reveal("doc", SPANS)
    assert len(max_.reveals("doc")) == 1
    assert people("ruth").hidden_from_review() == []
    people("ruth").reveal("doc")
    assert [each.what for each in max_.reveals("doc")] == [SPANS, NAMES]
    with pytest.raises(BadArgument, match="can't be revealed"):
        max_.reveal("doc", "everything")


def test_comments_are_a_conversation(people: Opening) -> None:
    (claim,) = work(people("kim"), CLAIM)
    work(people("lee"), LONGER)
    said = people("ruth").comment("doc", "  Why so short?  ", spans=[claim])
    people("kim").comment("doc", "The guideline says so.", spans=[claim])
    people("lee").comment("doc", "About the whole article.")
    assert [(each.author, each.text, each.spans) for each in people("kim").comments("doc")] == [
        ("ruth", "Why so short?", (claim,)),
        ("kim", "The guideline says so.", (claim,)),
        ("lee", "About the whole article.", ()),
    ]
    with pytest.raises(BadArgument, match="is ruth’s"):
        people("kim").delete_comment(said.id)
    people("ruth").delete_comment(said.id)
    people("ruth").undo()
    assert len(people("lee").comments("doc")) == 3
    with pytest.raises(BadArgument, match="says nothing"):
        people("lee").comment("doc", " \n ")
    people("ruth").comment("doc", "Why so short?", id=said.id)
    assert len(people("lee").comments("doc")) == 3


def test_decisions_outlive_a_correction_of_the_text_and_of_the_codebook(people: Opening) -> None:
    kim, lee, ruth = people("kim"), people("lee"), people("ruth")
    work(kim, CLAIM, ACTOR)
    work(lee, LONGER, ACTOR)
    for item in ruth.review_queue():
        ruth.decide(item, "accept", candidate=0)
    ruth.revise("doc", "WNYC: " + TEXT)
    assert [item.status for item in ruth.review_queue()] == [Status.DECIDED] * 2
    ruth.change_label("claim", name="statement")
    ruth.merge_labels("statement", "quote")
    assert [item.status for item in ruth.review_queue()] == [Status.DECIDED] * 2
    assert [label for label, _ in gold_of(ruth)] == ["quote", "actor"]
    assert ruth.check() == []
    ruth.undo()
    ruth.undo()
    ruth.undo()
    assert [item.status for item in ruth.review_queue()] == [Status.DECIDED] * 2


def test_a_document_is_deleted_with_its_review_and_comes_back_with_it(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), CLAIM)
    ruth = people("ruth")
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    ruth.comment("doc", "Fine.")
    ruth.delete_documents("doc")
    assert ruth.check() == []
    ruth.undo()
    assert len(ruth.comments("doc")) == 1
    assert ruth.review_queue()[0].status is Status.DECIDED
    assert ruth.reviewed_documents() == ["doc"]


def test_the_window_is_told_which_documents_review_is_another(people: Opening) -> None:
    work(people("kim"), CLAIM)
    work(people("lee"), CLAIM)
    ruth = people("ruth")
    told: list[ChangeSet] = []
    ruth.subscribe(told.append)
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    ruth.comment("doc", "Fine.")
    ruth.undo()
    assert [(each.review, each.spans, each.removed) for each in told] == [(frozenset({"doc"}), (), ())] * 3
    foreign = people("kim").poll()
    assert (foreign[-3].review, foreign[-1].review) == (frozenset({"doc"}), frozenset({"doc"}))


def test_gold_is_exported_in_the_reviewers_name_with_what_was_decided(people: Opening, tmp_path: Path) -> None:
    kim, lee, ruth = people("kim"), people("lee"), people("ruth")
    for who, words in ((kim, "It must end"), (lee, "must end")):
        quote, actor = work(who, ("quote", words), ACTOR)
        who.relate(quote, "said by", actor)
    assert not ruth.has_gold()
    ruth.merge(ruth.review_queue(), Rule.UNANIMOUS)
    queue = ruth.review_queue()
    ruth.decide(queue[0], "accept", candidate=0, reason="a whole sentence")
    assert ruth.has_gold()
    report = ruth.export(tmp_path / "gold.jsonl", gold=True)
    assert (report.spans, report.relations) == (2, 1)
    (line,) = (json.loads(each) for each in (tmp_path / "gold.jsonl").read_text("utf-8").splitlines())
    schema = json.loads((paths.resources() / "schema" / "annotator-1.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(line)
    assert [(span["text"], span["annotator"], span["layer"]) for span in line["spans"]] == [
        ("It must end", "ruth", "gold"),
        ("Arturo Venegas", "ruth", "gold"),
    ]
    reviewed = [span["review"] for span in line["spans"]]
    assert [(each["rule"], each["votes"], each["annotators"], each["reason"]) for each in reviewed] == [
        ("manual", 1, 2, "a whole sentence"),
        ("unanimous", 2, 2, None),
    ]
    assert [relation["annotator"] for relation in line["relations"]] == ["ruth"]
    ruth.export(tmp_path / "own.jsonl")
    own = json.loads((tmp_path / "own.jsonl").read_text("utf-8"))
    assert [span["annotator"] for span in own["spans"]] == ["kim", "lee", "kim", "lee"]
    assert {span["review"] for span in own["spans"]} == {None}
    with pytest.raises(BadArgument, match="nobody’s own"):
        ruth.export(tmp_path / "no.jsonl", gold=True, annotators=["kim"])
