"""Inquiries, revisions of entries, golden questions, loaded documents; curators."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_inquiry()
    _create_revisions()
    _create_document()
    for table in ("membership", "invitation"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("curator", sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("curator", server_default=None)
    _extend_question()


def _create_inquiry() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_inquiry_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    op.create_index("ix_inquiry_state", "inquiry", ["state", "opened_at"])


def _create_revisions() -> None:
    op.create_table(
        "faq_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("batch", sa.String(length=40), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_faq_revision_author_id_person")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_faq_revision_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_faq_revision_inquiry_id_inquiry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq_revision")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_faq_revision_entry_id_version")),
    )
    op.create_index("ix_faq_revision_state", "faq_revision", ["state", "entry_id"])
    op.create_index(op.f("ix_faq_revision_batch"), "faq_revision", ["batch"])
    op.create_table(
        "golden_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_golden_question_inquiry_id_inquiry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_question")),
        sa.UniqueConstraint("text", "entry_id", name=op.f("uq_golden_question_text_entry_id")),
    )
    op.create_table(
        "phrasing_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_phrasing_decision_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrasing_decision")),
        sa.UniqueConstraint("key", "entry_id", name=op.f("uq_phrasing_decision_key_entry_id")),
    )


def _create_document() -> None:
    op.create_table(
        "knowledge_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_document")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_knowledge_document_document_id_sha256")),
    )
    op.create_index(op.f("ix_knowledge_document_document_id"), "knowledge_document", ["document_id"])


def _extend_question() -> None:
    """What waited or was answered becomes an inquiry of its own, with the question's id."""
    with op.batch_alter_table("question") as batch:
        batch.add_column(sa.Column("shown", JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("chosen", sa.Text(), nullable=True))
        batch.add_column(sa.Column("reason", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("reason_text", sa.Text(), nullable=True))
        batch.add_column(sa.Column("inquiry_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("told_at", INSTANT, nullable=True))
    op.execute(
        "INSERT INTO inquiry (id, text, state, answer, opened_at, decided_at, decided_by) "
        "SELECT id, text, CASE WHEN answered_at IS NULL THEN 'waiting' ELSE 'answered' END, answer, sent_at, "
        "answered_at, answered_by FROM question WHERE sent_at IS NOT NULL"
    )
    op.execute("UPDATE question SET inquiry_id = id, told_at = answered_at WHERE sent_at IS NOT NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('inquiry', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM inquiry), false)"
        )
    with op.batch_alter_table("question") as batch:
        batch.alter_column("shown", server_default=None)
        batch.create_foreign_key(op.f("fk_question_inquiry_id_inquiry"), "inquiry", ["inquiry_id"], ["id"])
        batch.create_index(op.f("ix_question_inquiry_id"), ["inquiry_id"])
        batch.create_index(op.f("ix_question_chosen"), ["chosen"])
        batch.drop_column("answer")
        batch.drop_column("answered_at")
        batch.drop_column("answered_by")
