"""
Facts of the registry with their sources, imports; requests, link codes, staff; the chained audit; indexes by
which a million activities are listed and searched.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_registry()
    _create_people()
    _extend()
    _index_activities()
    if op.get_bind().dialect.name == "sqlite":
        _index_words_on_sqlite()
    else:
        _index_words_on_postgresql()


def _create_registry() -> None:
    op.create_table(
        "column_mapping",
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("headings", name=op.f("pk_column_mapping")),
    )
    op.create_table(
        "registry_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_import")),
    )
    with op.batch_alter_table("registry_import") as batch:
        batch.create_index(batch.f("ix_registry_import_sha256"), ["sha256"], unique=False)
    op.create_table(
        "registry_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("precision", sa.String(length=8), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_registry_fact_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["registry_import.id"], name=op.f("fk_registry_fact_import_id_registry_import")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_registry_fact_proposed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["registry_fact.id"], name=op.f("fk_registry_fact_replaces_id_registry_fact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_fact")),
    )
    with op.batch_alter_table("registry_fact") as batch:
        batch.create_index(batch.f("ix_registry_fact_import_id"), ["import_id"], unique=False)
        batch.create_index("ix_registry_fact_subject", ["subject", "field", "state"], unique=False)
        batch.create_index(
            "uq_registry_fact_current",
            ["subject", "field"],
            unique=True,
            sqlite_where=sa.text("state = 'current'"),
            postgresql_where=sa.text("state = 'current'"),
        )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("reached_by", sa.Text(), nullable=True),
        sa.Column("kept_by", sa.Integer(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["kept_by"], ["person.id"], name=op.f("fk_contact_kept_by_person")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_contact_pairing_id_pairing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact") as batch:
        batch.create_index(batch.f("ix_contact_pairing_id"), ["pairing_id"], unique=False)
    op.create_table(
        "registry_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_registry_file_added_by_person")),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_registry_file_pairing_id_pairing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_file")),
        sa.UniqueConstraint("pairing_id", "sha256", name=op.f("uq_registry_file_pairing_id_sha256")),
    )
    with op.batch_alter_table("registry_file") as batch:
        batch.create_index(batch.f("ix_registry_file_sha256"), ["sha256"], unique=False)


def _create_people() -> None:
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(length=8), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_access_request_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_access_request_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_access_request_province_code_province")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_request")),
    )
    with op.batch_alter_table("access_request") as batch:
        batch.create_index(batch.f("ix_access_request_person_id"), ["person_id"], unique=False)
        batch.create_index("ix_access_request_state", ["state", "province_code"], unique=False)
    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_code_hash")),
    )
    op.create_table(
        "staff_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(length=8), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_staff_check_confirmed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_staff_check_province_code_province")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_check")),
        sa.UniqueConstraint(
            "province_code", "fiscal_year", name=op.f("uq_staff_check_province_code_fiscal_year")
        ),
    )


def _extend() -> None:
    with op.batch_alter_table("activity_revision") as batch:
        batch.add_column(sa.Column("recorder", sa.Text(), nullable=True))
    with op.batch_alter_table("audit_event") as batch:
        batch.add_column(sa.Column("previous", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
        batch.create_index(batch.f("ix_audit_event_subject"), ["subject"], unique=False)
    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("acting_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("office_held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("by_letter", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("created_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("approved_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("approved_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("withdrawn_at", INSTANT, nullable=True))
        batch.create_foreign_key(batch.f("fk_invitation_created_by_person"), "person", ["created_by"], ["id"])
        batch.create_foreign_key(
            batch.f("fk_invitation_approved_by_person"), "person", ["approved_by"], ["id"]
        )
    with op.batch_alter_table("membership") as batch:
        batch.add_column(sa.Column("acting", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("office_held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("post", sa.Text(), nullable=True))
        batch.add_column(sa.Column("granted_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("ended_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_membership_granted_by_person"), "person", ["granted_by"], ["id"])
        batch.create_foreign_key(batch.f("fk_membership_ended_by_person"), "person", ["ended_by"], ["id"])
    with op.batch_alter_table("pairing") as batch:
        batch.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_pairing_import_id_registry_import"), "registry_import", ["import_id"], ["id"]
        )
    with op.batch_alter_table("partner") as batch:
        batch.add_column(sa.Column("name_local", sa.Text(), nullable=True))
        batch.add_column(sa.Column("former_names", JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("merged_into", sa.String(length=60), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_partner_merged_into_partner"), "partner", ["merged_into"], ["id"]
        )
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("noticed_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("erased_at", INSTANT, nullable=True))

    # ### end Alembic commands ###
    for table, names in (
        ("invitation", ("office_held", "by_letter")),
        ("membership", ("acting", "office_held")),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.alter_column(name, server_default=None)
    with op.batch_alter_table("partner") as batch:
        batch.alter_column("former_names", server_default=None)


def _index_activities() -> None:
    standing = "deleted_at IS NULL"
    with op.batch_alter_table("activity") as batch:
        batch.drop_index(batch.f("ix_activity_pairing_id"))
        batch.create_index(
            "ix_activity_pairing",
            ["pairing_id", "start", "id", "end", "joint", "type_code", "state", "deleted_at"],
        )
        for name, columns, where in (
            ("ix_activity_start", ["start", "id", "end", "joint", "pairing_id", "deleted_at"], standing),
            (
                "ix_activity_end",
                ["end", "start", "joint", "pairing_id", "deleted_at"],
                f'{standing} AND "end" IS NOT NULL',
            ),
            ("ix_activity_type", ["type_code", "start", "id", "end", "deleted_at"], standing),
            ("ix_activity_state", ["state", "start", "id", "end", "deleted_at"], standing),
            ("ix_activity_follows", ["follows_id"], "follows_id IS NOT NULL"),
            ("ix_activity_created", ["created_at", "deleted_at"], standing),
        ):
            batch.create_index(name, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    with op.batch_alter_table("activity_revision") as batch:
        batch.create_index("ix_activity_revision_person", ["person_id", "change", "activity_id"])
    with op.batch_alter_table("draft") as batch:
        batch.create_index("ix_draft_state", ["state", "person_id"])


def _index_words_on_sqlite() -> None:
    """
    Every three letters of what a record says. A row's number is the day and the record's own, so that what is
    found comes in the order of the list.
    """
    of = "(CAST(julianday({0}.start) AS INTEGER) << 32) | {0}.id"
    said = "{0}.title || char(10) || coalesce({0}.place, '') || char(10) || coalesce({0}.result, '')"
    add = f"INSERT INTO activity_words (rowid, said) VALUES ({of.format('new')}, {said.format('new')});"  # noqa: S608
    old, what = of.format("old"), said.format("old")
    remove = f"INSERT INTO activity_words (activity_words, rowid, said) VALUES ('delete', {old}, {what});"  # noqa: S608
    op.execute(
        "CREATE VIRTUAL TABLE activity_words"
        " USING fts5(said, content='', tokenize='trigram', detail='none', columnsize=0)"
    )
    number, what = of.format("activity"), said.format("activity")
    op.execute(f"INSERT INTO activity_words (rowid, said) SELECT {number}, {what} FROM activity ORDER BY 1")  # noqa: S608
    op.execute(f"CREATE TRIGGER activity_words_added AFTER INSERT ON activity BEGIN {add} END")
    op.execute(f"CREATE TRIGGER activity_words_removed AFTER DELETE ON activity BEGIN {remove} END")
    op.execute(
        "CREATE TRIGGER activity_words_changed AFTER UPDATE OF start, title, place, result ON activity"
        f" BEGIN {remove} {add} END"
    )


def _index_words_on_postgresql() -> None:
    """The same. `pg_trgm` is no choice: it takes Thai marks for no letters, and all of Thai in the locale C."""
    op.execute(
        """
        CREATE FUNCTION letters_of(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
          SELECT array_agg(substr(plain, i, 3))
          FROM (SELECT lower(said) AS plain) AS one, generate_series(1, length(plain) - 2) AS i
        $$
        """
    )
    op.execute(
        "CREATE INDEX activity_words ON activity USING gin (letters_of("
        "title || chr(10) || coalesce(place, '') || chr(10) || coalesce(result, '')"
        ")) WITH (fastupdate = off) WHERE deleted_at IS NULL"
    )
