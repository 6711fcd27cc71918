"""What Analyse looks at: what was read of the project, whose work counts, and in which documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.codebook import Codebook
from annotator.domain.review import GOLD
from annotator.project.measuring import Worked


@dataclass(frozen=True)
class LookedAt:
    """`worked` is by document, in the project's order; `left_out` are annotators whose work isn't looked at.

    With `gold` labels are counted there; `document` is the only one looked at, empty for all.
    """

    codebook: Codebook = field(default_factory=lambda: Codebook(()))
    worked: Mapping[str, Worked] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    gold: bool = False
    document: str = ""

    @property
    def known(self) -> list[str]:
        """Everybody who has spans or a state anywhere, sorted."""
        found = {name for each in self._all() for name in (*each.spans, *each.states)}
        return sorted(found - {GOLD})

    @property
    def people(self) -> list[str]:
        """Those whose work is looked at."""
        return [name for name in self.known if name not in self.left_out]

    @property
    def documents(self) -> list[Worked]:
        """The documents that are looked at."""
        return [each for each in self._all() if self.document in ("", each.document.id)]

    @property
    def labels(self) -> list[str]:
        """The codebook's labels, in its order."""
        return [label.name for label in self.codebook]

    @property
    def has_gold(self) -> bool:
        return any(each.spans.get(GOLD) for each in self._all())

    @property
    def counted(self) -> tuple[str, ...]:
        """Whose spans are counted."""
        return (GOLD,) if self.gold and self.has_gold else tuple(self.people)

    @property
    def spans(self) -> int:
        """The spans of everybody and of gold in all documents."""
        return sum(sum(counts.values()) for each in self._all() for counts in each.spans.values())

    def sharing(self) -> list[str]:
        """Return those looked at who finished a document that another of them finished too."""
        found: set[str] = set()
        for each in self.documents:
            done = [name for name in each.done if name not in self.left_out]
            if len(done) > 1:
                found.update(done)
        return sorted(found)

    def shared(self) -> list[Worked]:
        """Return the documents that two or more of those looked at finished."""
        return [each for each in self.documents if sum(name not in self.left_out for name in each.done) > 1]

    def reviewed(self) -> list[str]:
        """Return those looked at who finished a document whose gold is whole, sorted."""
        return sorted({name for each in self.documents if each.reviewed for name in each.done} - self.left_out)

    def with_worked(self, read: Iterable[Worked], gone: Iterable[str] = ()) -> "LookedAt":
        """Return it with some documents as they are now, and without those that are gone."""
        worked = {**dict(self.worked), **{each.document.id: each for each in read}}
        for each in gone:
            worked.pop(each, None)
        return replace(self, worked=worked, document=self.document if self.document in worked else "")

    def _all(self) -> Iterable[Worked]:
        return dict(self.worked).values()
