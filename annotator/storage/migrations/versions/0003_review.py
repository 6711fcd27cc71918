"""Review: decisions, comments, and what was revealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of a review. Gold is spans and relations of an annotator that nobody can be."""
    _decision()
    _comment()
    _reveal()
    _free_the_name_of_gold()


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("absent", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text()),
        sa.Column("gold", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("superseded", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("action in ('accept', 'reject', 'correct', 'defer')", name=op.f("ck_decision_action")),
        sa.CheckConstraint("rule in ('manual', 'unanimous', 'majority')", name=op.f("ck_decision_rule")),
        sa.CheckConstraint("(result is null) = (gold is null)", name=op.f("ck_decision_result")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_decision_document")),
        sa.ForeignKeyConstraint(["reviewer"], ["annotator.id"], name=op.f("fk_decision_reviewer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_strict=True,
    )
    for column in ("document", "reviewer"):
        op.create_index(op.f(f"ix_decision_{column}"), "decision", [column])


def _comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("content <> ''", name=op.f("ck_comment_said")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_comment_document")),
        sa.ForeignKeyConstraint(["author"], ["annotator.id"], name=op.f("fk_comment_author")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_strict=True,
    )
    for column in ("document", "author"):
        op.create_index(op.f(f"ix_comment_{column}"), "comment", [column])


def _reveal() -> None:
    op.create_table(
        "reveal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("what in ('names', 'spans')", name=op.f("ck_reveal_what")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_reveal_document")),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_reveal_annotator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
        sa.UniqueConstraint("document", "annotator", "what", name=op.f("uq_reveal_document_annotator_what")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reveal_annotator"), "reveal", ["annotator"])


def _free_the_name_of_gold() -> None:
    """An annotator may have had the name that gold has now."""
    op.get_bind().exec_driver_sql("update annotator set name = name || ' (annotator)' where name = '◆ gold'")
