"""The queue without a window: every item is walked once, wherever one begins; what is taken counts at once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.review import Action, Candidate, Decision, Kind, ReviewItem, Rule
from annotator.domain.span import Fragment, Span
from annotator.gui.review.filter import Filter
from annotator.gui.review.parts import ORDER, Part
from annotator.gui.review.persons import initials, persons_of
from annotator.gui.review.queue import Queue

DOCUMENTS = ("a", "b", "c")


def item(key: str, document: str, kind: Kind, label: str, *, decided: Action | None = None) -> ReviewItem:
    span = Span(key, document, label, (Fragment(0, 1),), "x", "kim", "", "")
    decision = (
        Decision(f"d{key}", document, kind, decided, Rule.MANUAL, (), (), None, None, "r", "") if decided else None
    )
    return ReviewItem(f"i{key}", document, kind, (Candidate((span,)),), ("lee",), (), decision)


kinds, labels = st.sampled_from(ORDER), st.sampled_from(["claim", "quote"])
decisions = st.sampled_from([None, None, Action.ACCEPT, Action.REJECT, Action.DEFER])


@st.composite
def queues(draw: st.DrawFn) -> Queue:
    queue, number = Queue(DOCUMENTS), 0
    for document in DOCUMENTS:
        items = []
        for _ in range(draw(st.integers(0, 6))):
            number += 1
            items.append(item(str(number), document, draw(kinds), draw(labels), decided=draw(decisions)))
        queue.put(document, items)
    where = draw(st.sampled_from([None, *DOCUMENTS]))
    queue.set_filter(Filter(where, draw(st.sampled_from([None, "claim"]))))
    return queue


def listed(queue: Queue) -> list[str]:
    return [each.id for each in queue.everywhere(Part.OPEN)]


@given(queues(), st.sampled_from([1, -1]))
def test_every_open_item_is_walked_once_before_it_begins_anew(queue: Queue, step: int) -> None:
    wanted, seen = sorted(listed(queue)), []
    only = queue.filter.document
    at = queue.beside(None, Part.OPEN, step)
    for _ in wanted:
        assert at is not None
        seen.append(at.id)
        if only is not None:  # where one document is listed, it is that of the item
            queue.set_filter(replace(queue.filter, document=at.document))
        at = queue.beside(at, Part.OPEN, step) or at
    assert sorted(seen) == wanted


@given(queues())
def test_deciding_one_after_the_other_comes_to_an_end(queue: Queue) -> None:
    left = listed(queue)
    at = queue.beside(None, Part.OPEN, 1)
    while at is not None:
        if queue.filter.document is not None:
            queue.set_filter(replace(queue.filter, document=at.document))
        following = queue.beside(at, Part.OPEN, 1)
        queue.take([at], Part.DECIDED)
        left.remove(at.id)
        assert sorted(listed(queue)) == sorted(left)
        at = following
    assert left == []


@given(queues())
def test_parts_and_groups_hold_every_item_once(queue: Queue) -> None:
    queue.set_filter(Filter())
    walked = [each.id for part in Part for each in queue.walk(part)]
    assert sorted(walked) == sorted(each.id for document in DOCUMENTS for each in queue.items(document))
    for part in Part:
        found = [kind for kind, _ in queue.groups(part)]
        assert found == sorted(found, key=ORDER.index)
        for number, each in enumerate(queue.walk(part), 1):
            assert queue.place(each, part) == (number, queue.count(part))


def test_what_is_taken_is_decided_until_the_document_is_read_after_it_was_written() -> None:
    queue = Queue(DOCUMENTS)
    first = item("1", "a", Kind.LABEL, "claim")
    queue.put("a", [first])
    queue.take([first], Part.DECIDED)
    queue.put("a", [first])  # read before it was written
    assert queue.count(Part.DECIDED) == 1
    queue.settle([first])
    queue.put("a", [first])  # undone meanwhile
    assert queue.count(Part.OPEN) == 1
    queue.take([first], Part.DEFERRED)
    queue.give_back([first])
    assert queue.count(Part.OPEN) == 1


def test_a_pair_filters_what_both_have_a_part_in() -> None:
    queue = Queue(DOCUMENTS)
    queue.put("a", [item("1", "a", Kind.MISSING, "claim")])
    for pair, count in ((("kim", "lee"), 1), (("kim", "max"), 0), (("lee", "max"), 0)):
        queue.set_filter(Filter(pair=pair))
        assert queue.count(Part.OPEN) == count


names = st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=8)


@given(names)
def test_blind_signs_tell_annotators_apart_and_say_no_name(people: list[str]) -> None:
    blind = persons_of("doc", people, revealed=False)
    assert sorted(blind.order) == sorted(people)
    assert len(set(blind.signs.values())) == len(people)
    assert blind == persons_of("doc", people[::-1], revealed=False)
    assert not any(called == name for name, called in blind.names.items())


@given(names)
def test_known_annotators_have_a_letter_of_their_own(people: list[str]) -> None:
    found = initials(people)
    assert len(set(found.values())) == len(people)
    assert all(len(letter) == 1 for letter in found.values())


def test_the_letter_is_the_names_first_where_it_is_free() -> None:
    assert initials(["Jonas Weber", "Noor", "Jana"]) == {"Jonas Weber": "J", "Noor": "N", "Jana": "A"}


# Against a queue that walks through everything


def ordered(queue: Queue) -> list[ReviewItem]:
    """All items in the order of the list of all documents."""
    every = [each for document in DOCUMENTS for each in queue.items(document)]
    return sorted(every, key=lambda each: ORDER.index(each.kind))  # stable: by document, then as in the text


def taken(queue: Queue, each: ReviewItem, part: Part) -> bool:
    label = each.candidates[0].span.label
    return queue.part_of(each) is part and queue.filter.takes(each, label)


@st.composite
def changed_queues(draw: st.DrawFn) -> Queue:
    """A queue to which all sorts of things were done."""
    queue = draw(queues())
    for _ in range(draw(st.integers(0, 8))):
        document = draw(st.sampled_from(DOCUMENTS))
        some = [each for each in queue.items(document) if draw(st.booleans())]
        match draw(st.sampled_from(["take", "give back", "settle", "put", "renew", "filter"])):
            case "take":
                queue.take(some, draw(st.sampled_from([Part.DECIDED, Part.DEFERRED])))
            case "give back":
                queue.give_back(some)
            case "settle":
                queue.settle(some)
            case "put":
                queue.put(document, some)
            case "renew":
                assert queue.renew([replace(each, decision=None) for each in some])
            case "filter":
                where, label = draw(st.sampled_from([None, document])), draw(st.sampled_from([None, "quote"]))
                queue.set_filter(Filter(where, label))
    return queue


@given(changed_queues(), st.sampled_from(list(Part)))
def test_what_is_found_by_bisection_is_what_walking_finds(queue: Queue, part: Part) -> None:
    there = [each for each in ordered(queue) if taken(queue, each, part)]
    here = [each for each in there if queue.filter.document in (None, each.document)]
    assert queue.everywhere(part) == there
    assert queue.walk(part) == here
    assert (queue.count(part), queue.count_everywhere(part)) == (len(here), len(there))
    assert queue.documents() == [document for document in DOCUMENTS if queue.items(document)]
    for each in ordered(queue):
        place = here.index(each) + 1 if each in here else 0
        assert queue.place(each, part) == (place, len(here))
        assert queue.is_listed(each, part) is (place > 0)
    for items in dict(queue.groups(part)).values():
        assert [items[at] for at in range(len(items))] == list(items) == items[:]
        assert [items.before(*queue.spot(each)) for each in items] == list(range(len(items)))


@given(changed_queues(), st.sampled_from(list(Part)))
def test_the_neighbours_of_an_item_are_those_in_the_list(queue: Queue, part: Part) -> None:
    here = queue.walk(part)
    for at, each in enumerate(here):
        if at + 1 < len(here):
            assert queue.beside(each, part, 1) == here[at + 1]
        if at:
            assert queue.beside(each, part, -1) == here[at - 1]
    if here:
        assert (queue.beside(None, part, 1), queue.beside(None, part, -1)) == (here[0], here[-1])
        assert queue.first(part) == here[0]
    assert (queue.first(part) is None) is (not queue.everywhere(part))


def test_the_items_that_hold_spans_are_found_unless_one_is_in_none() -> None:
    queue = Queue(["a"])
    one, two = (item(key, "a", Kind.LABEL, "claim") for key in "12")
    queue.put("a", [one, two])
    assert queue.holding("a", ["2"]) == [two]
    assert queue.holding("a", ["2", "3"]) is None
    queue.put("a", [one])
    assert queue.holding("a", ["2"]) is None


# What a queue of very many documents looks at


def many(monkeypatch: pytest.MonkeyPatch) -> tuple[Queue, list[str]]:
    """A queue of 2,000 documents, and the ids of the items that are looked at one by one from now on."""
    documents = [f"d{number}" for number in range(2_000)]
    queue, looked_at = Queue(documents), list[str]()
    for document in documents:
        queue.put(document, [item(f"{document}.{n}", document, ORDER[n], "claim") for n in range(4)])
    takes = Filter.takes

    def noted(self: Filter, each: ReviewItem, label: str) -> bool:
        looked_at.append(each.id)
        return takes(self, each, label)

    monkeypatch.setattr(Filter, "takes", noted)
    return queue, looked_at


def test_a_decision_among_thousands_of_documents_looks_at_its_item_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    queue, looked_at = many(monkeypatch)
    one = queue.items("d1000")[2]
    queue.take([one], Part.DECIDED)
    queue.settle([one])
    queue.renew([one])
    queue.beside(one, Part.OPEN, 1)
    queue.place(one, Part.OPEN)
    assert set(looked_at) <= {one.id}
    assert len(looked_at) <= 2


def test_another_filter_is_put_over_what_is_listed_first_and_over_the_rest_bit_by_bit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue, looked_at = many(monkeypatch)
    queue.set_filter(Filter("d1999", "quote"))
    assert looked_at[0] == queue.items("d1999")[0].id
    assert len(looked_at) < 1_000
    while queue.go_on():
        pass
    assert len(set(looked_at)) == 8_000
    assert queue.count_everywhere(Part.OPEN) == 0
