"""What keeps reminders quiet, notices said once, and the level to which a reminder climbed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_quiet()
    _create_notice()
    with op.batch_alter_table("reminder") as batch:
        batch.add_column(sa.Column("level", sa.String(length=12), nullable=False, server_default="officer"))
        batch.create_index("ix_reminder_period", ["period", "pairing_id"], unique=False)
    with op.batch_alter_table("registry_fact") as batch:
        batch.create_index("ix_registry_fact_state", ["state", "id"], unique=False)


def _create_quiet() -> None:
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_snooze_pairing_id_pairing")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_snooze_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
    )
    with op.batch_alter_table("snooze") as batch:
        batch.create_index("ix_snooze_pairing_id", ["pairing_id"], unique=False)
    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_exemption_pairing_id_pairing")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_exemption_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_exemption_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption") as batch:
        batch.create_index("ix_exemption_pairing_id", ["pairing_id"], unique=False)
        batch.create_index("ix_exemption_state", ["state"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_suspension_made_by_person")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_suspension_ended_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_notice_outbox_id_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("recipient", "kind", "subject", "period", "step", name="uq_notice_once"),
    )
    with op.batch_alter_table("notice") as batch:
        batch.create_index("ix_notice_outbox_id", ["outbox_id"], unique=False)
        batch.create_index("ix_notice_state", ["state", "recipient"], unique=False)
