"""Writing a document's new text: the earlier one is kept, every span is placed again or keeps the text it was of."""

import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, insert, select

from annotator.domain.anchoring import Anchored, Anchoring, How
from annotator.domain.document import Document
from annotator.domain.revision import Revision, SpanFate
from annotator.domain.time import now
from annotator.errors import BadArgument, NotFound
from annotator.storage import rows, stored
from annotator.storage.journal import Row, Step
from annotator.storage.reading import Names
from annotator.storage.tables import document, revision, span, text

_AT_ONCE = 500  # parameters in one statement
_HASHES = select(document.c.id, document.c.text_sha256).where(document.c.id.in_(bindparam("ids", expanding=True)))


class Correction:
    """A new text for a document, with where each span goes: worked out before the transaction that writes it.

    What others did to the document's spans meanwhile is looked at again as it is written.
    """

    def __init__(self, connection: Connection, of: Document, new: str) -> None:
        self.of, self.text = of, new
        self.text_sha256 = hashlib.sha256(new.encode()).hexdigest()
        self._connection = connection
        self._anchorings: dict[str, Anchoring] = {}
        self._found: dict[tuple[str, int], Anchored] = {}

    def fates(self, names: Names) -> tuple[SpanFate, ...]:
        """Return what becomes of each span, by anybody, as they are now."""
        found = []
        for row in self._rows():
            there = self._place(row)
            words = there.text if there.fragments else None
            who, label = names.annotators[row["annotator"]], names.labels[row["label"]]
            again = row["text_sha256"] is not None
            found.append(SpanFate(row["id"], who, label, there.how, row["text"], words, again))
        return tuple(found)

    def write(self, step: Step) -> None:
        """Write text, revision and spans. Raises BadArgument where somebody else corrected the text meanwhile."""
        require(step, self.of)
        if not step.connection.execute(select(text.c.sha256).where(text.c.sha256 == self.text_sha256)).first():
            new = {"sha256": self.text_sha256, "content": self.text, "length": len(self.text)}
            step.connection.execute(insert(text), new)
        kept = {
            "id": str(uuid.uuid4()),
            "document": self.of.id,
            "number": last_number(step.connection, self.of.id) + 1,
            "text_sha256": self.of.text_sha256,
            "annotator": step.annotator_id,
            "until": now(),
        }
        step.insert("revision", [kept])
        step.update("document", self.of.id, {"text_sha256": self.text_sha256})
        written = {row["id"]: self._columns(row) for row in self._rows()}
        step.update_many("span", {key: values for key, values in written.items() if values})

    def _columns(self, row: Row) -> rows.Values:
        """The columns of a span that are others now."""
        there = self._place(row)
        if not there.fragments:
            return {} if row["text_sha256"] else {"text_sha256": self.of.text_sha256}
        values = {**rows.placed(there.fragments), "text": there.text, "text_sha256": None}
        if all(row[name] == value for name, value in values.items()):
            return {}
        return values | ({"modified": now()} if there.how is How.CHANGED else {})

    def _place(self, row: Row) -> Anchored:
        key = row["id"], row["version"]
        if key not in self._found:
            fragments = stored.fragments(row["start"], row["end"], row["fragments"])
            self._found[key] = self._anchoring(row["text_sha256"] or self.of.text_sha256).place(fragments)
        return self._found[key]

    def _anchoring(self, sha256: str) -> Anchoring:
        if sha256 not in self._anchorings:
            self._anchorings[sha256] = Anchoring(content(self._connection, sha256), self.text)
        return self._anchorings[sha256]

    def _rows(self) -> Sequence[Row]:
        order = span.c.start, span.c.end.desc(), span.c.id
        query = select(span).where(span.c.document == self.of.id).order_by(*order)
        return [dict(row) for row in self._connection.execute(query).mappings()]


def require(step: Step, *read: Document) -> None:
    """Raise, inside the transaction, unless documents still have the texts that offsets were counted in."""
    for at in range(0, len(read), _AT_ONCE):
        some = read[at : at + _AT_ONCE]
        now_have = dict(step.connection.execute(_HASHES, {"ids": [each.id for each in some]}).all())
        for each in some:
            if each.id not in now_have:
                raise NotFound(f"The document “{each.id}” is gone: somebody deleted it meanwhile. Nothing was changed.")
            if now_have[each.id] != each.text_sha256:
                raise corrected(each)


def corrected(read: Document) -> BadArgument:
    """Return the error for offsets that were counted in a text which a document doesn't have any more."""
    return BadArgument(
        f"The text of “{read.heading}” was corrected meanwhile, so that positions in it are others now. "
        "Nothing was changed: look at the text as it is and repeat."
    )


def last_number(connection: Connection, document_id: str) -> int:
    """Return how many earlier texts of a document are kept."""
    query = select(func.coalesce(func.max(revision.c.number), 0)).where(revision.c.document == document_id)
    return int(connection.execute(query).scalar_one())


def revisions(connection: Connection, names: Names, document_id: str) -> list[Revision]:
    """Return the earlier texts of a document, the first one first."""
    columns = revision.c.number, revision.c.text_sha256, text.c.length, revision.c.annotator, revision.c.until
    query = select(*columns).join(text, text.c.sha256 == revision.c.text_sha256)
    found = connection.execute(query.where(revision.c.document == document_id).order_by(revision.c.number)).all()
    return [Revision(number, sha256, length, names.annotators[who], at) for number, sha256, length, who, at in found]


def content(connection: Connection, sha256: str) -> str:
    """Return a stored text, checked against its hash."""
    found = connection.execute(select(text.c.content).where(text.c.sha256 == sha256)).scalar_one_or_none()
    if found is None or hashlib.sha256(found.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
        raise stored.damaged("an earlier text of a document is not what was stored")
    return str(found)
