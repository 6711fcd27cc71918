"""The queue without a window: every item is walked once, wherever one begins; what is taken counts at once."""

from dataclasses import replace

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
