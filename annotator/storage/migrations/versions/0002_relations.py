"""Relations, entities, more metadata of documents, and for corrected texts: revisions, and spans without a place.

Rows that the history keeps get the new columns too: they must be put back as whole rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, and add what the old ones lack."""
    _entity()
    _relation()
    _revision()
    op.add_column("document", sa.Column("fields", sa.Text()))
    _rebuild_attribute_type()
    _rebuild_span()
    _complete_history("document", "fields")
    _complete_history("span", "text_sha256")


def _entity() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_entity_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("name", name=op.f("uq_entity_name")),
        sqlite_strict=True,
    )


def _relation() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("source <> target", name=op.f("ck_relation_ends")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_relation_document")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_relation_annotator")),
        sa.ForeignKeyConstraint(["type"], ["relation_type.id"], name=op.f("fk_relation_type")),
        sa.ForeignKeyConstraint(["source"], ["span.id"], name=op.f("fk_relation_source")),
        sa.ForeignKeyConstraint(["target"], ["span.id"], name=op.f("fk_relation_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint(
            "source", "target", "type", "annotator", name=op.f("uq_relation_source_target_type_annotator")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_relation_document_annotator"), "relation", ["document", "annotator"])
    for column in ("target", "type", "annotator"):
        op.create_index(op.f(f"ix_relation_{column}"), "relation", [column])


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_revision_number")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_revision_document")),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_revision_text_sha256")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_revision_annotator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("document", "number", name=op.f("uq_revision_document_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_revision_annotator"), "revision", ["annotator"])
    op.create_index(op.f("ix_revision_text_sha256"), "revision", ["text_sha256"])


def _rebuild_attribute_type() -> None:
    """Attributes may be of the kind `entity`; a check can't be altered, only made anew with its table."""
    kinds = "kind in ('choice', 'choices', 'text', 'number', 'yes/no', 'entity')"
    op.create_table(
        "new_attribute_type",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("guideline", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint(kinds, name=op.f("ck_attribute_type_kind")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attribute_type_named")),
        sa.CheckConstraint("required in (0, 1)", name=op.f("ck_attribute_type_required")),
        sa.ForeignKeyConstraint(["label"], ["label.id"], name=op.f("fk_attribute_type_label")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_type")),
        sa.UniqueConstraint("label", "name", name=op.f("uq_attribute_type_label_name")),
        sqlite_strict=True,
    )
    _take_the_place("attribute_type")


def _rebuild_span() -> None:
    """A column with a key of its own can't be added to a table either."""
    op.create_table(
        "new_span",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("fragments", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("attributes", sa.Text()),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text()),
        sa.CheckConstraint('0 <= start and start < "end"', name=op.f("ck_span_offsets")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_span_document")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_span_annotator")),
        sa.ForeignKeyConstraint(["label"], ["label.id"], name=op.f("fk_span_label")),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_span_text_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_span")),
        sqlite_strict=True,
    )
    _take_the_place("span")
    op.create_index(op.f("ix_span_annotator"), "span", ["annotator"])
    op.create_index(op.f("ix_span_document_annotator_start"), "span", ["document", "annotator", "start"])
    op.create_index(op.f("ix_span_label"), "span", ["label"])
    unplaced = sa.text("text_sha256 is not null")
    op.create_index(op.f("ix_span_text_sha256"), "span", ["text_sha256"], sqlite_where=unplaced)


def _take_the_place(name: str) -> None:
    """Put `new_NAME`, filled with the rows of NAME, where NAME was. Foreign keys are off (SQLite's own procedure)."""
    connection = op.get_bind()
    columns = ", ".join(f'"{column["name"]}"' for column in sa.inspect(connection).get_columns(name))
    connection.exec_driver_sql(f"insert into new_{name} ({columns}) select {columns} from {name}")
    op.drop_table(name)
    op.rename_table(f"new_{name}", name)


def _complete_history(table: str, column: str) -> None:
    """Give the rows of a table that changes keep the new column, null as in the table itself."""
    op.get_bind().exec_driver_sql(
        "update change_row set before = json_set(before, ?, null) where table_name = ? and before is not null",
        (f"$.{column}", table),
    )
