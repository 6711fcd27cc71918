"""What Analyse looks at: what was read of the project, whose work counts, and in which documents."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from annotator.domain.codebook import Codebook
from annotator.domain.review import GOLD
from annotator.project.measuring import Worked


class Works:
    """What was read of each document, in the project's order, with what is asked of all of them.

    It is kept as they come: nobody walks through 100,000 documents to say who has worked in them.
    """

    def __init__(self, read: Iterable[Worked] = ()) -> None:
        self.by_id: dict[str, Worked] = {}
        self.finished: dict[str, Worked] = {}
        """Those that somebody finished, in no order."""
        self.spans = 0
        """Of everybody and of gold, in all documents."""
        self.version = 0
        """Counts up with each change."""
        self.listing = object()
        """Another one where there are other documents, or one has another heading."""
        self._documents_of: Counter[str] = Counter()  # by name, the documents with spans or a state of theirs
        self.put(read)

    def put(self, read: Iterable[Worked], gone: Iterable[str] = ()) -> None:
        """Take documents as they are now, and let others go."""
        self.version += 1
        for each in read:
            key = each.document.id
            old = self.by_id.get(key)
            if old is not None:
                self._count(old, -1)
                each = replace(each, place=old.place) if each.place < 0 else each
            if old is None or old.document.heading != each.document.heading:
                self.listing = object()
            self.by_id[key] = each
            self._count(each, 1)
        for key in gone:
            if old := self.by_id.pop(key, None):
                self._count(old, -1)
                self.listing = object()

    def __iter__(self) -> Iterator[Worked]:
        return iter(self.by_id.values())

    @property
    def people(self) -> list[str]:
        """Everybody who has spans or a state anywhere, sorted."""
        return sorted(name for name, number in self._documents_of.items() if number > 0 and name != GOLD)

    @property
    def has_gold(self) -> bool:
        return self._documents_of[GOLD] > 0

    def _count(self, each: Worked, by: int) -> None:
        self.spans += by * sum(sum(counts.values()) for counts in each.spans.values())
        for name in each.spans.keys() | each.states.keys():
            if name != GOLD or each.spans.get(name):
                self._documents_of[name] += by
        if by > 0 and each.done:
            self.finished[each.document.id] = each
        else:
            self.finished.pop(each.document.id, None)


@dataclass(frozen=True)
class LookedAt:
    """What was read, and what is looked at of it; `left_out` are annotators whose work isn't.

    With `gold` labels are counted there; `document` is the only one looked at, empty for all. `version` is that of the
    works: what was asked for is known until that is another.
    """

    codebook: Codebook = field(default_factory=lambda: Codebook(()))
    works: Works = field(default_factory=Works)
    left_out: frozenset[str] = frozenset()
    gold: bool = False
    document: str = ""
    version: int = 0

    @cached_property
    def known(self) -> list[str]:
        """Everybody who has spans or a state anywhere, sorted."""
        return self.works.people

    @cached_property
    def people(self) -> list[str]:
        """Those whose work is looked at."""
        return [name for name in self.known if name not in self.left_out]

    @cached_property
    def documents(self) -> list[Worked]:
        """The documents that are looked at."""
        return self._looked_at(self.works.by_id)

    @property
    def labels(self) -> list[str]:
        """The codebook's labels, in its order."""
        return [label.name for label in self.codebook]

    @property
    def has_gold(self) -> bool:
        return self.works.has_gold

    @property
    def counted(self) -> tuple[str, ...]:
        """Whose spans are counted."""
        return (GOLD,) if self.gold and self.has_gold else tuple(self.people)

    @property
    def spans(self) -> int:
        """The spans of everybody and of gold in all documents."""
        return self.works.spans

    @cached_property
    def finished(self) -> list[Worked]:
        """The documents that are looked at and that somebody finished, in the project's order."""
        return sorted(self._looked_at(self.works.finished), key=_place)

    @cached_property
    def shared(self) -> list[Worked]:
        """The documents that two or more of those looked at finished."""
        return [each for each in self.finished if len(each.done) > 1 and len(set(each.done) - self.left_out) > 1]

    @cached_property
    def shared_headings(self) -> list[tuple[str, str]]:
        """Id and heading of the documents that they share."""
        return [(each.document.id, each.document.heading) for each in self.shared]

    @cached_property
    def sharing(self) -> list[str]:
        """Those looked at who finished a document that another of them finished too."""
        return sorted({name for each in self.shared for name in each.done} - self.left_out)

    @cached_property
    def reviewed(self) -> list[str]:
        """Those looked at who finished a document whose gold is whole, sorted."""
        return sorted({name for each in self.finished if each.reviewed for name in each.done} - self.left_out)

    def prepare(self) -> Iterator[None]:
        """Find out what the charts will ask, step by step."""
        for name in ("documents", "finished", "shared", "shared_headings", "sharing", "reviewed"):
            getattr(self, name)
            yield

    def _looked_at(self, documents: dict[str, Worked]) -> list[Worked]:
        if self.document:
            return [documents[self.document]] if self.document in documents else []
        return list(documents.values())


def _place(worked: Worked) -> int:
    return worked.place
