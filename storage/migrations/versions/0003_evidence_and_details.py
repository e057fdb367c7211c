"""Details, co-owners and flags of activities; links and locations as evidence; albums; drafts offered again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
TEXTS = (
    "place",
    "result",
    "problems",
    "suggestions",
    "chair_ours",
    "chair_theirs",
    "head_ours",
    "head_theirs",
    "letter_no",
    "follow_up",
)


def upgrade() -> None:
    _extend_activity()
    _create_owner()
    _create_flag()
    with op.batch_alter_table("activity_revision") as batch:
        batch.add_column(sa.Column("reason", sa.Text(), nullable=True))
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("text", sa.Text(), nullable=True))
        batch.add_column(sa.Column("look", sa.String(length=16), nullable=True))
    with op.batch_alter_table("draft") as batch:
        batch.add_column(sa.Column("nudges", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("nudged_at", INSTANT, nullable=True))
    with op.batch_alter_table("draft") as batch:
        batch.alter_column("nudges", server_default=None)
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("album", sa.String(length=64), nullable=True))


def _extend_activity() -> None:
    with op.batch_alter_table("activity") as batch:
        for name in TEXTS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=True))
        batch.add_column(sa.Column("direction", sa.String(length=8), nullable=True))
        batch.add_column(sa.Column("sdgs", JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("sectors", JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("spent_thb", sa.Numeric(precision=16, scale=2), nullable=True))
        batch.add_column(sa.Column("spent_source", sa.String(length=12), nullable=True))
        batch.add_column(sa.Column("letter_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("follow_up_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("asked_details_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("asked_held_at", INSTANT, nullable=True))
        batch.create_foreign_key(op.f("fk_activity_follows_id_activity"), "activity", ["follows_id"], ["id"])
    with op.batch_alter_table("activity") as batch:
        batch.alter_column("sdgs", server_default=None)
        batch.alter_column("sectors", server_default=None)


def _create_owner() -> None:
    op.create_table(
        "activity_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(length=8), nullable=False),
        sa.Column("pairing_id", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_owner_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_activity_owner_added_by_person")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_activity_owner_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_activity_owner_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_activity_owner_province_code_province")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_owner")),
        sa.UniqueConstraint(
            "activity_id", "pairing_id", name=op.f("uq_activity_owner_activity_id_pairing_id")
        ),
    )
    op.create_index("ix_activity_owner_pairing", "activity_owner", ["pairing_id", "state"])
    op.create_index("ix_activity_owner_province", "activity_owner", ["province_code", "state"])


def _create_flag() -> None:
    op.create_table(
        "activity_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=True),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_flag_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["person.id"], name=op.f("fk_activity_flag_raised_by_person")),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_activity_flag_settled_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_flag")),
    )
    op.create_index(op.f("ix_activity_flag_activity_id"), "activity_flag", ["activity_id"])
