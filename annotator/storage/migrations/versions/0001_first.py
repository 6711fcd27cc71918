"""The first schema: documents, the codebook, spans, states, and the history of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _annotator()
    _label()
    _project()
    _relation_type()
    _text()
    _attribute_type()
    _change()
    _document()
    _change_row()
    _document_state()
    _span()


def _annotator() -> None:
    op.create_table(
        "annotator",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_annotator_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotator")),
        sa.UniqueConstraint("name", name=op.f("uq_annotator_name")),
        sqlite_strict=True,
    )


def _label() -> None:
    op.create_table(
        "label",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("line_form", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer()),
        sa.Column("guideline", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("key between 1 and 9", name=op.f("ck_label_key")),
        sa.CheckConstraint(
            "line_form in ('solid', 'double', 'thick', 'dash', 'dash-dot')", name=op.f("ck_label_line_form")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_label_named")),
        sa.ForeignKeyConstraint(
            ["parent"], ["label.id"], name=op.f("fk_label_parent"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("name", name=op.f("uq_label_name")),
        sqlite_strict=True,
    )


def _project() -> None:
    op.create_table(
        "project",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project")),
        sqlite_strict=True,
    )


def _relation_type() -> None:
    op.create_table(
        "relation_type",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("guideline", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_relation_type_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation_type")),
        sa.UniqueConstraint("name", name=op.f("uq_relation_type_name")),
        sqlite_strict=True,
    )


def _text() -> None:
    op.create_table(
        "text",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_text")),
        sqlite_strict=True,
    )


def _attribute_type() -> None:
    op.create_table(
        "attribute_type",
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
        sa.CheckConstraint(
            "kind in ('choice', 'choices', 'text', 'number', 'yes/no')", name=op.f("ck_attribute_type_kind")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attribute_type_named")),
        sa.CheckConstraint("required in (0, 1)", name=op.f("ck_attribute_type_required")),
        sa.ForeignKeyConstraint(["label"], ["label.id"], name=op.f("fk_attribute_type_label")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_type")),
        sa.UniqueConstraint("label", "name", name=op.f("uq_attribute_type_label_name")),
        sqlite_strict=True,
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.CheckConstraint("kind in ('do', 'undo', 'redo')", name=op.f("ck_change_kind")),
        sa.CheckConstraint("(kind = 'do') = (undoes is null)", name=op.f("ck_change_undoes")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_change_annotator")),
        sa.ForeignKeyConstraint(["undoes"], ["change.number"], name=op.f("fk_change_undoes")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_change")),
        sa.UniqueConstraint("id", name=op.f("uq_change_id")),
        sa.UniqueConstraint("undoes", name=op.f("uq_change_undoes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_change_annotator_kind_number"), "change", ["annotator", "kind", "number"])


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("source_file", sa.Text()),
        sa.Column("source_sha256", sa.Text()),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_document_text_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_document_position"), "document", ["position"])
    op.create_index(op.f("ix_document_text_sha256"), "document", ["text_sha256"])


def _change_row() -> None:
    op.create_table(
        "change_row",
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("version_left", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.CheckConstraint("(operation = 'insert') = (before is null)", name=op.f("ck_change_row_before")),
        sa.CheckConstraint("operation in ('insert', 'update', 'delete')", name=op.f("ck_change_row_operation")),
        sa.ForeignKeyConstraint(["change"], ["change.number"], name=op.f("fk_change_row_change")),
        sa.PrimaryKeyConstraint("change", "table_name", "row_id", name=op.f("pk_change_row")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_change_row_row_id_table_name_change"), "change_row", ["row_id", "table_name", "change"])


def _document_state() -> None:
    op.create_table(
        "document_state",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('todo', 'in-progress', 'done')", name=op.f("ck_document_state_state")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_document_state_annotator")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_document_state_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_state")),
        sa.UniqueConstraint("document", "annotator", name=op.f("uq_document_state_document_annotator")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_document_state_annotator"), "document_state", ["annotator"])


def _span() -> None:
    op.create_table(
        "span",
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
        sa.CheckConstraint('0 <= start and start < "end"', name=op.f("ck_span_offsets")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_span_annotator")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_span_document")),
        sa.ForeignKeyConstraint(["label"], ["label.id"], name=op.f("fk_span_label")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_span")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_span_annotator"), "span", ["annotator"])
    op.create_index(op.f("ix_span_document_annotator_start"), "span", ["document", "annotator", "start"])
    op.create_index(op.f("ix_span_label"), "span", ["label"])
