"""The first shape

Rules: name what changes and why; a column that must be filled comes in two steps
(add it empty, fill it, then forbid empty); no history, seal or issued number is ever
rewritten; SQLite and PostgreSQL both run it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_calendar_code_given")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_calendar_name_given")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_calendar")),
    )
    op.create_table(
        "file_erasure",
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_file_erasure")),
    )
    op.create_table(
        "installation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('office', 'demonstration')",
            name=op.f("ck_installation_kind_known"),
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "process_definition",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "files",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("deployed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_definition")),
        sa.UniqueConstraint(
            "key", "version", name=op.f("uq_process_definition_key_version")
        ),
    )
    op.create_table(
        "root",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_root")),
        sa.UniqueConstraint("name", name=op.f("uq_root_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_root_public_id")),
    )
    op.create_table(
        "seal",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "heads",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("sealed_on", name=op.f("uq_seal_sealed_on")),
    )
    op.create_table(
        "submitted_form",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_submitted_form")),
    )
    op.create_index(
        op.f("ix_submitted_form_submitted_at"),
        "submitted_form",
        ["submitted_at"],
        unique=False,
    )
    op.create_table(
        "visitor_count",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("resets_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "who", name=op.f("pk_visitor_count")),
    )
    op.create_index(
        op.f("ix_visitor_count_resets_at"), "visitor_count", ["resets_at"], unique=False
    )
    op.create_table(
        "calendar_version",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("calendar_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "imported_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "superseded_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "source <> ''", name=op.f("ck_calendar_version_source_given")
        ),
        sa.CheckConstraint(
            "superseded_by <> id",
            name=op.f("ck_calendar_version_superseded_by_another"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1900 AND 2100", name=op.f("ck_calendar_version_year_possible")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_code"],
            ["calendar.code"],
            name=op.f("fk_calendar_version_calendar_code"),
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["calendar_version.id"],
            name=op.f("fk_calendar_version_superseded_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_version")),
    )
    op.create_index(
        "uq_calendar_version_current",
        "calendar_version",
        ["calendar_code", "year"],
        unique=True,
        sqlite_where=sa.text("superseded_by IS NULL"),
        postgresql_where=sa.text("superseded_by IS NULL"),
    )
    op.create_table(
        "history_stream",
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("sealed_length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_history_stream_root_id")
        ),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_history_stream")),
    )
    op.create_table(
        "organisation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "parent_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "superior_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("symbol", sa.String(length=20), nullable=False),
        sa.Column("acts_in_own_name", sa.Boolean(), nullable=False),
        sa.Column("calendar_code", sa.String(length=12), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "successor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(kind = 'section') = (agency_id IS NOT NULL)",
            name=op.f("ck_organisation_section_of_agency"),
        ),
        sa.CheckConstraint(
            "kind IN ('government', 'office', 'department', 'town', 'section')",
            name=op.f("ck_organisation_kind_known"),
        ),
        sa.CheckConstraint(
            "level IN ('province', 'city', 'county', 'town')",
            name=op.f("ck_organisation_level_known"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_organisation_period"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_organisation_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_organisation_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_successor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["superior_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_superior_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
    )
    op.create_index(
        op.f("ix_organisation_root_id"), "organisation", ["root_id"], unique=False
    )
    op.create_table(
        "person",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_round", sa.Integer(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_person_period")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_person_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_index(op.f("ix_person_root_id"), "person", ["root_id"], unique=False)
    op.create_table(
        "annual_edition",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("of_whole", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "content",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "made_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_annual_edition_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_annual_edition_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_edition")),
        sa.UniqueConstraint(
            "agency_id",
            "year",
            "of_whole",
            "number",
            name=op.f("uq_annual_edition_agency_id_year_of_whole_number"),
        ),
    )
    op.create_table(
        "annual_figures",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "values",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "written_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_annual_figures_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_annual_figures_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_figures")),
        sa.UniqueConstraint(
            "agency_id", "year", name=op.f("uq_annual_figures_agency_id_year")
        ),
    )
    op.create_table(
        "calendar_day",
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.CheckConstraint(
            "kind IN ('off', 'make_up')", name=op.f("ck_calendar_day_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["calendar_version.id"],
            name=op.f("fk_calendar_day_version_id"),
        ),
        sa.PrimaryKeyConstraint("version_id", "day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "case_file",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("process_key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column(
            "parent_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "started_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carries_limits", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "label IN ('public', 'internal', 'work_secret', 'personal')",
            name=op.f("ck_case_file_label_known"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'finished', 'cancelled')",
            name=op.f("ck_case_file_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_case_file_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["case_file.id"], name=op.f("fk_case_file_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_case_file_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["person.id"], name=op.f("fk_case_file_started_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("number", name=op.f("uq_case_file_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_file_public_id")),
    )
    op.create_index(
        op.f("ix_case_file_agency_id"), "case_file", ["agency_id"], unique=False
    )
    op.create_index(
        op.f("ix_case_file_parent_id"), "case_file", ["parent_id"], unique=False
    )
    op.create_index(
        "ix_case_file_process",
        "case_file",
        ["root_id", "process_key", "id"],
        unique=False,
    )
    op.create_table(
        "history",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column(
            "data",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_history_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["stream"], ["history_stream.stream"], name=op.f("fk_history_stream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint("stream", "number", name=op.f("uq_history_stream_number")),
    )
    op.create_index("ix_history_actor", "history", ["actor_id", "at"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_number_series_organisation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "series", "organisation_id", "year", name=op.f("pk_number_series")
        ),
    )
    op.create_table(
        "personal_record",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_personal_record_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_personal_record_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_record")),
        sa.UniqueConstraint("person_id", name=op.f("uq_personal_record_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_personal_record_public_id")),
    )
    op.create_index(
        op.f("ix_personal_record_root_id"), "personal_record", ["root_id"], unique=False
    )
    op.create_table(
        "post",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "successor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_post_period")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_post_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["root_id"], ["root.id"], name=op.f("fk_post_root_id")),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["post.id"], name=op.f("fk_post_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(
        op.f("ix_post_organisation_id"), "post", ["organisation_id"], unique=False
    )
    op.create_table(
        "role_holding",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "successor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "role IN ('handler', 'section_head', 'unit_head', 'secrecy_reviewer', 'legal_reviewer', 'disclosure_clerk', 'disclosure_head', 'seal_keeper', 'vice_leader', 'system_administrator', 'security_administrator', 'security_auditor')",
            name=op.f("ck_role_holding_role_known"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_role_holding_period"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_role_holding_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_holding_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_role_holding_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["person.id"], name=op.f("fk_role_holding_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_holding")),
    )
    op.create_index(
        "ix_role_holding_organisation",
        "role_holding",
        ["organisation_id", "role"],
        unique=False,
    )
    op.create_index(
        op.f("ix_role_holding_person_id"), "role_holding", ["person_id"], unique=False
    )
    op.create_table(
        "setting",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "content",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_setting_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_setting_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_setting_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    op.create_index(
        "ix_setting_key",
        "setting",
        ["key", "root_id", "organisation_id", "valid_from"],
        unique=False,
    )
    op.create_table(
        "stored_file",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("encrypted", sa.Boolean(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stored_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "label = 'public' OR encrypted",
            name=op.f("ck_stored_file_not_public_encrypted"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_not_empty")),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_stored_file_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["stored_by"], ["person.id"], name=op.f("fk_stored_file_stored_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_file_public_id")),
    )
    op.create_index("ix_stored_file_address", "stored_file", ["address"], unique=False)
    op.create_index("ix_stored_file_sha256", "stored_file", ["sha256"], unique=False)
    op.create_table(
        "transfer",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("retention", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "made_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("handed_by", sa.String(length=100), nullable=False),
        sa.Column("received_by", sa.String(length=100), nullable=False),
        sa.Column("receiver", sa.String(length=100), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(transferred_on IS NULL) = (received_by = '')",
            name=op.f("ck_transfer_handed_to_somebody"),
        ),
        sa.CheckConstraint(
            "transferred_on IS NULL OR voided_at IS NULL",
            name=op.f("ck_transfer_void_or_transferred"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_transfer_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_transfer_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_transfer_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("number", name=op.f("uq_transfer_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transfer_public_id")),
    )
    op.create_index(
        op.f("ix_transfer_agency_id"), "transfer", ["agency_id"], unique=False
    )
    op.create_table(
        "calendar_import",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("calendar_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "days",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_calendar_import_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_calendar_import_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["calendar_version.id"],
            name=op.f("fk_calendar_import_version_id"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_calendar_import")),
    )
    op.create_table(
        "case_copy",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "by_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_case_copy_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_copy_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_copy_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_copy")),
    )
    op.create_index("ix_case_copy_case", "case_copy", ["case_id"], unique=False)
    op.create_index(
        "ix_case_copy_person", "case_copy", ["person_id", "id"], unique=False
    )
    op.create_table(
        "case_follow",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_follow_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_follow_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "case_id", name=op.f("pk_case_follow")),
    )
    op.create_table(
        "case_party",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_party_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_case_party_organisation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "part", "organisation_id", name=op.f("pk_case_party")
        ),
    )
    op.create_table(
        "case_reader",
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_reader_case_id")
        ),
        sa.PrimaryKeyConstraint("subject", "case_id", name=op.f("pk_case_reader")),
    )
    op.create_index("ix_case_reader_case", "case_reader", ["case_id"], unique=False)
    op.create_table(
        "document",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "issuer_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "section_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("attribute", sa.String(length=20), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("cited_law", sa.String(length=200), nullable=False),
        sa.Column("right_holder", sa.String(length=100), nullable=False),
        sa.Column("attribute_reason", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("risk_assessment", sa.Text(), nullable=False),
        sa.Column("signed_before", sa.Boolean(), nullable=False),
        sa.Column("is_historical", sa.Boolean(), nullable=False),
        sa.Column(
            "drafted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("index_number", sa.String(length=60), nullable=True),
        sa.Column("validity", sa.String(length=20), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "attribute IS NULL OR attribute IN ('public', 'on_request', 'not_public')",
            name=op.f("ck_document_attribute_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('general', 'policy', 'normative')",
            name=op.f("ck_document_kind_known"),
        ),
        sa.CheckConstraint(
            "label IN ('public', 'internal', 'work_secret', 'personal')",
            name=op.f("ck_document_label_known"),
        ),
        sa.CheckConstraint(
            "origin IN ('drafted', 'imported')", name=op.f("ck_document_origin_known")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR attribute = 'public'",
            name=op.f("ck_document_published_is_public"),
        ),
        sa.CheckConstraint(
            "validity IN ('in_force', 'amended', 'expired', 'repealed')",
            name=op.f("ck_document_validity_known"),
        ),
        sa.CheckConstraint(
            "NOT is_listed OR (published_at IS NOT NULL AND withdrawn_at IS NULL)",
            name=op.f("ck_document_listed_is_published"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR index_number IS NOT NULL",
            name=op.f("ck_document_published_has_index"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR published_at IS NOT NULL",
            name=op.f("ck_document_withdrawn_was_published"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_document_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_document_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["person.id"], name=op.f("fk_document_drafted_by")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["organisation.id"], name=op.f("fk_document_issuer_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_document_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["organisation.id"], name=op.f("fk_document_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("case_id", name=op.f("uq_document_case_id")),
        sa.UniqueConstraint("index_number", name=op.f("uq_document_index_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_public_id")),
    )
    op.create_index(
        op.f("ix_document_agency_id"), "document", ["agency_id"], unique=False
    )
    op.create_index(
        op.f("ix_document_issuer_id"), "document", ["issuer_id"], unique=False
    )
    op.create_index(
        "ix_document_listed",
        "document",
        ["is_listed", "published_at", "id"],
        unique=False,
    )
    op.create_table(
        "issued_number",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=60), nullable=False),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')",
            name=op.f("ck_issued_number_void_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_issued_number_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_issued_number_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_number")),
        sa.UniqueConstraint(
            "series",
            "organisation_id",
            "year",
            "number",
            name=op.f("uq_issued_number_series_organisation_id_year_number"),
        ),
        sa.UniqueConstraint(
            "series", "text", name=op.f("uq_issued_number_series_text")
        ),
    )
    op.create_table(
        "leader_reminder",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_leader_reminder_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_leader_reminder_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "year", name=op.f("pk_leader_reminder")),
        sa.UniqueConstraint("case_id", name=op.f("uq_leader_reminder_case_id")),
    )
    op.create_table(
        "letter",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column(
            "fields_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("template_digest", sa.String(length=64), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "drafted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "issued_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "file_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(issued_at IS NULL) = (number = '')",
            name=op.f("ck_letter_issued_numbered"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')",
            name=op.f("ck_letter_void_has_reason"),
        ),
        sa.CheckConstraint(
            "(issued_at IS NULL) = (file_id IS NULL)",
            name=op.f("ck_letter_issued_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_letter_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_letter_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["person.id"], name=op.f("fk_letter_drafted_by")
        ),
        sa.ForeignKeyConstraint(
            ["fields_id"], ["personal_record.id"], name=op.f("fk_letter_fields_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_letter_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_letter_issued_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
    )
    op.create_index(op.f("ix_letter_agency_id"), "letter", ["agency_id"], unique=False)
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "payload",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_outbox_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_outbox_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["next_attempt_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "personal_index",
        sa.Column(
            "record_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("blind", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["personal_record.id"],
            name=op.f("fk_personal_index_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_personal_index_root_id")
        ),
        sa.PrimaryKeyConstraint("record_id", "field", name=op.f("pk_personal_index")),
    )
    op.create_index(
        "ix_personal_index_blind",
        "personal_index",
        ["root_id", "field", "blind"],
        unique=False,
    )
    op.create_table(
        "post_holding",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "post_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "successor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_post_holding_period"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_post_holding_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_holding_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_post_holding_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["person.id"], name=op.f("fk_post_holding_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holding")),
    )
    op.create_index(
        "ix_post_holding_person",
        "post_holding",
        ["person_id", "valid_from"],
        unique=False,
    )
    op.create_index(
        op.f("ix_post_holding_post_id"), "post_holding", ["post_id"], unique=False
    )
    op.create_table(
        "process_instance",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "definition_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_process_instance_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["process_definition.id"],
            name=op.f("fk_process_instance_definition_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_instance")),
    )
    op.create_index(
        op.f("ix_process_instance_case_id"),
        "process_instance",
        ["case_id"],
        unique=False,
    )
    op.create_table(
        "record_correction",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "applicant_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "handling_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("electronic_service", sa.Boolean(), nullable=False),
        sa.Column(
            "evidence_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "proof_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("retention", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('corrected', 'transferred', 'told_where', 'refused')",
            name=op.f("ck_record_correction_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["organisation.id"],
            name=op.f("fk_record_correction_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["personal_record.id"],
            name=op.f("fk_record_correction_applicant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_record_correction_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["stored_file.id"],
            name=op.f("fk_record_correction_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["handling_id"],
            ["personal_record.id"],
            name=op.f("fk_record_correction_handling_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["stored_file.id"], name=op.f("fk_record_correction_proof_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_record_correction_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_correction")),
        sa.UniqueConstraint("case_id", name=op.f("uq_record_correction_case_id")),
        sa.UniqueConstraint("number", name=op.f("uq_record_correction_number")),
    )
    op.create_index(
        op.f("ix_record_correction_agency_id"),
        "record_correction",
        ["agency_id"],
        unique=False,
    )
    op.create_table(
        "review_round",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("levels", sa.Integer(), nullable=False),
        sa.Column(
            "covers",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("timing", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("other_agency", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.String(length=200), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('passed', 'returned', 'withheld', 'stopped')",
            name=op.f("ck_review_round_result_known"),
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (closed_at IS NULL)",
            name=op.f("ck_review_round_closed_once"),
        ),
        sa.CheckConstraint(
            "levels BETWEEN 1 AND 3", name=op.f("ck_review_round_levels_known")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_review_round_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint(
            "case_id", "number", name=op.f("uq_review_round_case_id_number")
        ),
    )
    op.create_table(
        "search_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=24), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_search_entry_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_search_entry_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_search_entry_case_id_key")),
    )
    op.create_index(
        "ix_search_entry_number", "search_entry", ["root_id", "number"], unique=False
    )
    op.create_table(
        "searched_case",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_searched_case_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_searched_case")),
    )
    op.create_table(
        "task",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("process_key", sa.String(length=60), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column(
            "about_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("engine_task_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column(
            "place_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column(
            "assignee_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "sender_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "completed_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("without_candidate", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('work', 'notice')", name=op.f("ck_task_kind_known")
        ),
        sa.CheckConstraint(
            "status <> 'claimed' OR assignee_id IS NOT NULL",
            name=op.f("ck_task_claimed_by_somebody"),
        ),
        sa.CheckConstraint(
            "status IN ('ready', 'claimed', 'done', 'cancelled')",
            name=op.f("ck_task_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["task.id"], name=op.f("fk_task_about_id")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["person.id"], name=op.f("fk_task_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_task_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["completed_by"], ["person.id"], name=op.f("fk_task_completed_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_task_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["organisation.id"], name=op.f("fk_task_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["person.id"], name=op.f("fk_task_sender_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_task_public_id")),
    )
    op.create_index(op.f("ix_task_about_id"), "task", ["about_id"], unique=False)
    op.create_index(op.f("ix_task_case_id"), "task", ["case_id"], unique=False)
    op.create_index(
        "ix_task_completed", "task", ["completed_by", "completed_at"], unique=False
    )
    op.create_index("ix_task_open", "task", ["status", "kind"], unique=False)
    op.create_table(
        "transferred_file",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "transfer_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_transferred_file_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["transfer.id"],
            name=op.f("fk_transferred_file_transfer_id"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_transferred_file")),
        sa.UniqueConstraint(
            "transfer_id",
            "position",
            name=op.f("uq_transferred_file_transfer_id_position"),
        ),
    )
    op.create_index(
        op.f("ix_transferred_file_transfer_id"),
        "transferred_file",
        ["transfer_id"],
        unique=False,
    )
    op.create_table(
        "deadline",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "task_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("process_key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("calendar_code", sa.String(length=12), nullable=False),
        sa.Column("calendar_version", sa.String(length=80), nullable=False),
        sa.Column("rule_version", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'paused', 'met', 'void', 'expired')",
            name=op.f("ck_deadline_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_deadline_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_deadline_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    op.create_index("ix_deadline_case", "deadline", ["case_id", "name"], unique=False)
    op.create_index(
        "ix_deadline_open",
        "deadline",
        ["calendar_code", "calendar_version"],
        unique=False,
        sqlite_where=sa.text("state IN ('running', 'paused')"),
        postgresql_where=sa.text("state IN ('running', 'paused')"),
    )
    op.create_index(op.f("ix_deadline_task_id"), "deadline", ["task_id"], unique=False)
    op.create_table(
        "determination",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "round_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("letter_number", sa.String(length=60), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "asked_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "reply_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('public', 'partly', 'not_public')",
            name=op.f("ck_determination_answer_known"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)",
            name=op.f("ck_determination_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_determination_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["stored_file.id"], name=op.f("fk_determination_reply_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["review_round.id"], name=op.f("fk_determination_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_determination")),
    )
    op.create_index(
        op.f("ix_determination_round_id"), "determination", ["round_id"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column(
            "task_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "answers",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_draft_task_id")
        ),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "handover",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "task_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column(
            "giver_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "receiver_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('reassigned', 'delegated')", name=op.f("ck_handover_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_handover_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["person.id"], name=op.f("fk_handover_giver_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["person.id"], name=op.f("fk_handover_receiver_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_handover_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index("ix_handover_task", "handover", ["task_id", "id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "task_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_inbox_task_id")
        ),
        sa.PrimaryKeyConstraint("subject", "due_on", "task_id", name=op.f("pk_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_task", "inbox", ["task_id"], unique=False)
    op.create_table(
        "information_request",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("has_automatic_receipt", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("applicant_kind", sa.String(length=20), nullable=False),
        sa.Column(
            "applicant_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("form_wanted", sa.String(length=20), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("electronic_service", sa.Boolean(), nullable=False),
        sa.Column("needs_help", sa.Boolean(), nullable=False),
        sa.Column("suggests_publication", sa.Boolean(), nullable=False),
        sa.Column(
            "split_from_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "repeats_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("query_code", sa.String(length=20), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("explained_on", sa.Date(), nullable=True),
        sa.Column("reasons_judgment", sa.String(length=20), nullable=True),
        sa.Column("decision_code", sa.String(length=4), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "released_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(length=20), nullable=False),
        sa.Column("void_words", sa.String(length=300), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("retention", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(decision_code = '') = (closed_on IS NULL)",
            name=op.f("ck_information_request_closed_with_a_code"),
        ),
        sa.CheckConstraint(
            "applicant_kind IN ('natural_person', 'business', 'research', 'public_interest', 'legal_service', 'other')",
            name=op.f("ck_information_request_applicant_kind_known"),
        ),
        sa.CheckConstraint(
            "channel IN ('in_person', 'oral', 'signed_mail', 'plain_mail', 'internet', 'fax')",
            name=op.f("ck_information_request_channel_known"),
        ),
        sa.CheckConstraint(
            "delivery IN ('post', 'pick_up', 'online', 'email', 'fax')",
            name=op.f("ck_information_request_delivery_known"),
        ),
        sa.CheckConstraint(
            "form_wanted IN ('paper', 'electronic', 'inspection')",
            name=op.f("ck_information_request_form_wanted_known"),
        ),
        sa.CheckConstraint(
            "reasons_judgment IS NULL OR reasons_judgment IN ('reasonable', 'more_time', 'unreasonable')",
            name=op.f("ck_information_request_reasons_judgment_known"),
        ),
        sa.CheckConstraint(
            "voided_on IS NULL OR (void_reason <> '' AND closed_on IS NULL)",
            name=op.f("ck_information_request_void_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["organisation.id"],
            name=op.f("fk_information_request_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["personal_record.id"],
            name=op.f("fk_information_request_applicant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_information_request_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_id"],
            ["document.id"],
            name=op.f("fk_information_request_released_id"),
        ),
        sa.ForeignKeyConstraint(
            ["repeats_id"],
            ["information_request.id"],
            name=op.f("fk_information_request_repeats_id"),
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_information_request_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["split_from_id"],
            ["information_request.id"],
            name=op.f("fk_information_request_split_from_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
        sa.UniqueConstraint("case_id", name=op.f("uq_information_request_case_id")),
        sa.UniqueConstraint("number", name=op.f("uq_information_request_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_information_request_public_id")),
        sa.UniqueConstraint(
            "query_code", name=op.f("uq_information_request_query_code")
        ),
    )
    op.create_index(
        op.f("ix_information_request_agency_id"),
        "information_request",
        ["agency_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_information_request_closed_on"),
        "information_request",
        ["closed_on"],
        unique=False,
    )
    op.create_index(
        "ix_information_request_open",
        "information_request",
        ["agency_id", "closed_on"],
        unique=False,
    )
    op.create_index(
        "ix_information_request_received",
        "information_request",
        ["agency_id", "received_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_information_request_received_on"),
        "information_request",
        ["received_on"],
        unique=False,
    )
    op.create_index(
        "ix_information_request_register",
        "information_request",
        ["agency_id", "submitted_on", "id"],
        unique=False,
    )
    op.create_table(
        "interpretation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "document_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("timing", sa.String(length=20), nullable=True),
        sa.Column("days_after", sa.Integer(), nullable=True),
        sa.Column(
            "forms",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "channels",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("standards", sa.Text(), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column(
            "first_interpreter_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_text", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "evaluation_case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column(
            "evaluated_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column("questions", sa.Integer(), nullable=True),
        sa.Column("understanding", sa.String(length=20), nullable=True),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('drafting', 'planned', 'signed', 'published', 'dropped')",
            name=op.f("ck_interpretation_state_known"),
        ),
        sa.CheckConstraint(
            "timing IS NULL OR timing IN ('together', 'after')",
            name=op.f("ck_interpretation_timing_known"),
        ),
        sa.CheckConstraint(
            "understanding IS NULL OR understanding IN ('good', 'fair', 'poor')",
            name=op.f("ck_interpretation_understanding_known"),
        ),
        sa.CheckConstraint(
            "(evaluated_on IS NULL) = (evaluated_by IS NULL)",
            name=op.f("ck_interpretation_evaluated_by_somebody"),
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (first_interpreter_id IS NULL)",
            name=op.f("ck_interpretation_signed_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_interpretation_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_interpretation_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["evaluated_by"], ["person.id"], name=op.f("fk_interpretation_evaluated_by")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_case_id"],
            ["case_file.id"],
            name=op.f("fk_interpretation_evaluation_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["first_interpreter_id"],
            ["person.id"],
            name=op.f("fk_interpretation_first_interpreter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_interpretation_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpretation")),
        sa.UniqueConstraint("case_id", name=op.f("uq_interpretation_case_id")),
        sa.UniqueConstraint(
            "evaluation_case_id", name=op.f("uq_interpretation_evaluation_case_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_interpretation_public_id")),
    )
    op.create_index(
        op.f("ix_interpretation_document_id"),
        "interpretation",
        ["document_id"],
        unique=False,
    )
    op.create_index(
        "ix_interpretation_interpreter",
        "interpretation",
        ["first_interpreter_id", "published_at"],
        unique=False,
    )
    op.create_table(
        "joint_issuer",
        sa.Column(
            "document_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_joint_issuer_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_joint_issuer_organisation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "document_id", "organisation_id", name=op.f("pk_joint_issuer")
        ),
    )
    op.create_table(
        "paper",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "document_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('text', 'attachment', 'interpretation', 'risk_plan')",
            name=op.f("ck_paper_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_paper_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_public_id")),
    )
    op.create_index(
        op.f("ix_paper_document_id"), "paper", ["document_id"], unique=False
    )
    op.create_table(
        "proactive_proposal",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column(
            "document_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(outcome = 'proposed') = (document_id IS NOT NULL) OR outcome IS NULL",
            name=op.f("ck_proactive_proposal_proposed_has_document"),
        ),
        sa.CheckConstraint(
            "cause IN ('many', 'suggested')",
            name=op.f("ck_proactive_proposal_cause_known"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('proposed', 'not_public', 'already_public')",
            name=op.f("ck_proactive_proposal_outcome_known"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_on IS NULL)",
            name=op.f("ck_proactive_proposal_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["organisation.id"],
            name=op.f("fk_proactive_proposal_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_proactive_proposal_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_proactive_proposal_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_proactive_proposal_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proactive_proposal")),
        sa.UniqueConstraint("case_id", name=op.f("uq_proactive_proposal_case_id")),
        sa.UniqueConstraint(
            "document_id", name=op.f("uq_proactive_proposal_document_id")
        ),
    )
    op.create_index(
        op.f("ix_proactive_proposal_agency_id"),
        "proactive_proposal",
        ["agency_id"],
        unique=False,
    )
    op.create_table(
        "publication",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "document_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("validity", sa.String(length=20), nullable=True),
        sa.Column("conceals", sa.Boolean(), nullable=False),
        sa.Column(
            "channels",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("audience_name", sa.String(length=200), nullable=False),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column(
            "approved_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'validity') = (validity IS NOT NULL)",
            name=op.f("ck_publication_validity_of_its_kind"),
        ),
        sa.CheckConstraint(
            "audience = 'everyone' OR audience_name <> ''",
            name=op.f("ck_publication_audience_named"),
        ),
        sa.CheckConstraint(
            "audience IN ('everyone', 'region', 'group')",
            name=op.f("ck_publication_audience_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('publish', 'interpret') OR reason <> ''",
            name=op.f("ck_publication_change_has_reason"),
        ),
        sa.CheckConstraint(
            "kind IN ('publish', 'interpret', 'correct', 'withdraw', 'validity')",
            name=op.f("ck_publication_kind_known"),
        ),
        sa.CheckConstraint(
            "validity IS NULL OR validity IN ('in_force', 'amended', 'expired', 'repealed')",
            name=op.f("ck_publication_validity_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_publication_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_publication_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_publication_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("case_id", name=op.f("uq_publication_case_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_public_id")),
    )
    op.create_index(
        "ix_publication_document",
        "publication",
        ["document_id", "done_at"],
        unique=False,
    )
    op.create_table(
        "search_passage",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "entry_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column(
            "words",
            sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["search_entry.id"], name=op.f("fk_search_passage_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_passage")),
        sa.UniqueConstraint(
            "entry_id", "position", name=op.f("uq_search_passage_entry_id_position")
        ),
    )
    op.create_index(
        "ix_search_passage_words",
        "search_passage",
        ["words"],
        unique=False,
        postgresql_using="gin",
        sqlite_where=sa.text("id IS NULL"),
    )
    op.create_table(
        "service",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "letter_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("counts_on", sa.Date(), nullable=True),
        sa.Column("came_back", sa.Boolean(), nullable=False),
        sa.Column("tracking_number", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column(
            "proof_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "way IN ('direct', 'left', 'entrusted', 'post', 'electronic', 'announcement')",
            name=op.f("ck_service_way_known"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_service_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["stored_file.id"], name=op.f("fk_service_proof_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_service_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(
        op.f("ix_service_letter_id"), "service", ["letter_id"], unique=False
    )
    op.create_table(
        "urging",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "task_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "notice_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "by_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_urging_by_id")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["task.id"], name=op.f("fk_urging_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_urging_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging")),
    )
    op.create_index("ix_urging_task", "urging", ["task_id", "id"], unique=False)
    op.create_table(
        "challenge",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=100), nullable=False),
        sa.Column("body_number", sa.String(length=60), nullable=False),
        sa.Column("is_summary", sa.Boolean(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column(
            "content_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result_number", sa.String(length=60), nullable=False),
        sa.Column("redo_by", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("retention", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "kind IN ('reconsideration', 'litigation', 'litigation_after_reconsideration')",
            name=op.f("ck_challenge_kind_known"),
        ),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('upheld', 'corrected', 'other')",
            name=op.f("ck_challenge_result_known"),
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (result_on IS NULL)",
            name=op.f("ck_challenge_result_dated"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_challenge_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_challenge_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["personal_record.id"], name=op.f("fk_challenge_content_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_challenge_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_challenge_root_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("case_id", name=op.f("uq_challenge_case_id")),
    )
    op.create_index(
        op.f("ix_challenge_agency_id"), "challenge", ["agency_id"], unique=False
    )
    op.create_index(
        op.f("ix_challenge_request_id"), "challenge", ["request_id"], unique=False
    )
    op.create_table(
        "clock_event",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("argument", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("irregular", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_clock_event_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_clock_event_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_event")),
    )
    op.create_index(
        op.f("ix_clock_event_request_id"), "clock_event", ["request_id"], unique=False
    )
    op.create_table(
        "consultation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=100), nullable=False),
        sa.Column(
            "party_record_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("silence_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column(
            "reply_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('consent', 'refusal', 'partial', 'silence')",
            name=op.f("ck_consultation_answer_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('third_party', 'comaker', 'agency')",
            name=op.f("ck_consultation_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_consultation_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["party_record_id"],
            ["personal_record.id"],
            name=op.f("fk_consultation_party_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["stored_file.id"], name=op.f("fk_consultation_reply_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_consultation_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("case_id", name=op.f("uq_consultation_case_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consultation_public_id")),
        sa.UniqueConstraint(
            "request_id",
            "kind",
            "label",
            name=op.f("uq_consultation_request_id_kind_label"),
        ),
    )
    op.create_index(
        op.f("ix_consultation_request_id"), "consultation", ["request_id"], unique=False
    )
    op.create_table(
        "interpretation_consulted",
        sa.Column(
            "interpretation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interpretation_id"],
            ["interpretation.id"],
            name=op.f("fk_interpretation_consulted_interpretation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_interpretation_consulted_organisation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "interpretation_id",
            "organisation_id",
            name=op.f("pk_interpretation_consulted"),
        ),
    )
    op.create_table(
        "interpretation_round",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "interpretation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column(
            "rule",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("silence", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('agreed', 'objected')",
            name=op.f("ck_interpretation_round_outcome_known"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)",
            name=op.f("ck_interpretation_round_closed_with_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["interpretation_id"],
            ["interpretation.id"],
            name=op.f("fk_interpretation_round_interpretation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpretation_round")),
        sa.UniqueConstraint(
            "interpretation_id",
            "number",
            name=op.f("uq_interpretation_round_interpretation_id_number"),
        ),
    )
    op.create_table(
        "paper_version",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "paper_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "file_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "made_from_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "made_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "unread",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'public') = (made_from_id IS NOT NULL)",
            name=op.f("ck_paper_version_public_copy_has_source"),
        ),
        sa.CheckConstraint(
            "kind IN ('office', 'public')", name=op.f("ck_paper_version_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_paper_version_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_paper_version_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_paper_version_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["made_from_id"],
            ["paper_version.id"],
            name=op.f("fk_paper_version_made_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_version_paper_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint(
            "paper_id", "number", name=op.f("uq_paper_version_paper_id_number")
        ),
    )
    op.create_index(
        op.f("ix_paper_version_case_id"), "paper_version", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_paper_version_file_id"), "paper_version", ["file_id"], unique=False
    )
    op.create_table(
        "processing_fee",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("tariff", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("calculation", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt_number", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "tariff IN ('by_item', 'by_volume')",
            name=op.f("ck_processing_fee_tariff_known"),
        ),
        sa.CheckConstraint(
            "amount > 0", name=op.f("ck_processing_fee_amount_positive")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_processing_fee_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_fee")),
        sa.UniqueConstraint("request_id", name=op.f("uq_processing_fee_request_id")),
    )
    op.create_table(
        "proposal_request",
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "proposal_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("sameness", sa.String(length=20), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "sameness IN ('first', 'content', 'released', 'by_hand')",
            name=op.f("ck_proposal_request_sameness_known"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proactive_proposal.id"],
            name=op.f("fk_proposal_request_proposal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_proposal_request_request_id"),
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_proposal_request")),
    )
    op.create_index(
        op.f("ix_proposal_request_proposal_id"),
        "proposal_request",
        ["proposal_id"],
        unique=False,
    )
    op.create_table(
        "request_file",
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "file_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('application', 'correction', 'withdrawal')",
            name=op.f("ck_request_file_purpose_known"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_request_file_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_request_file_request_id"),
        ),
        sa.PrimaryKeyConstraint("request_id", "file_id", name=op.f("pk_request_file")),
    )
    op.create_table(
        "same_information",
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "other_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "marked_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "request_id < other_id", name=op.f("ck_same_information_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["person.id"], name=op.f("fk_same_information_marked_by")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["information_request.id"],
            name=op.f("fk_same_information_other_id"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_same_information_request_id"),
        ),
        sa.PrimaryKeyConstraint(
            "request_id", "other_id", name=op.f("pk_same_information")
        ),
    )
    op.create_index(
        op.f("ix_same_information_other_id"),
        "same_information",
        ["other_id"],
        unique=False,
    )
    op.create_table(
        "search_record",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("period", sa.String(length=100), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column(
            "searched_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "proof_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_search_record_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["stored_file.id"], name=op.f("fk_search_record_proof_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_search_record_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["searched_by"], ["person.id"], name=op.f("fk_search_record_searched_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_record")),
    )
    op.create_index(
        op.f("ix_search_record_request_id"),
        "search_record",
        ["request_id"],
        unique=False,
    )
    op.create_table(
        "timer",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "deadline_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("engine_task_id", sa.String(length=36), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column(
            "plan",
            sa.JSON().with_variant(
                postgresql.JSONB(astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_timer_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_timer_deadline_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint(
            "deadline_id", "rung", name=op.f("uq_timer_deadline_id_rung")
        ),
    )
    op.create_index(op.f("ix_timer_case_id"), "timer", ["case_id"], unique=False)
    op.create_index(
        "ix_timer_due",
        "timer",
        ["next_attempt_at"],
        unique=False,
        sqlite_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "withheld_part",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("ground", sa.String(length=4), nullable=False),
        sa.Column("cited_law", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["information_request.id"],
            name=op.f("fk_withheld_part_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_part")),
    )
    op.create_index(
        op.f("ix_withheld_part_request_id"),
        "withheld_part",
        ["request_id"],
        unique=False,
    )
    op.create_table(
        "challenge_file",
        sa.Column(
            "challenge_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "file_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('complaint', 'answer', 'receipt', 'hearing', 'result', 'redone')",
            name=op.f("ck_challenge_file_purpose_known"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_file_challenge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_challenge_file_file_id")
        ),
        sa.PrimaryKeyConstraint(
            "challenge_id", "file_id", name=op.f("pk_challenge_file")
        ),
    )
    op.create_table(
        "co_signature",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "round_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "given_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer <> 'objected' OR (reason <> '' AND words <> '')",
            name=op.f("ck_co_signature_objection_has_reason"),
        ),
        sa.CheckConstraint(
            "answer IS NULL OR (answer = 'silent') = (given_by IS NULL)",
            name=op.f("ck_co_signature_answered_by_somebody"),
        ),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('agreed', 'objected', 'silent')",
            name=op.f("ck_co_signature_answer_known"),
        ),
        sa.CheckConstraint(
            "part IN ('joint', 'consulted')", name=op.f("ck_co_signature_part_known")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (given_at IS NULL)",
            name=op.f("ck_co_signature_answered_at_once"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["person.id"], name=op.f("fk_co_signature_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_co_signature_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["interpretation_round.id"],
            name=op.f("fk_co_signature_round_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_signature")),
        sa.UniqueConstraint(
            "round_id",
            "part",
            "organisation_id",
            name=op.f("uq_co_signature_round_id_part_organisation_id"),
        ),
    )
    op.create_table(
        "finding",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.String(length=20), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("exception", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column(
            "earlier_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "answered_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('accept', 'redact', 'explain', 'repair')",
            name=op.f("ck_finding_answer_known"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_finding_answered_at_once"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_finding_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["finding.id"], name=op.f("fk_finding_earlier_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["paper_version.id"], name=op.f("fk_finding_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("public_id", name=op.f("uq_finding_public_id")),
    )
    op.create_index(
        op.f("ix_finding_earlier_id"), "finding", ["earlier_id"], unique=False
    )
    op.create_index(
        op.f("ix_finding_version_id"), "finding", ["version_id"], unique=False
    )
    op.create_table(
        "incident",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column(
            "root_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "timer_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "outbox_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "resolved_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_incident_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_incident_outbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["person.id"], name=op.f("fk_incident_resolved_by")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["root.id"], name=op.f("fk_incident_root_id")
        ),
        sa.ForeignKeyConstraint(
            ["timer_id"], ["timer.id"], name=op.f("fk_incident_timer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incident_public_id")),
    )
    op.create_index(op.f("ix_incident_about"), "incident", ["about"], unique=False)
    op.create_index(op.f("ix_incident_root_id"), "incident", ["root_id"], unique=False)
    op.create_table(
        "opinion",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("aspect", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "given_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_opinion_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["person.id"], name=op.f("fk_opinion_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["paper_version.id"], name=op.f("fk_opinion_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index("ix_opinion_case", "opinion", ["case_id", "step"], unique=False)
    op.create_index(
        op.f("ix_opinion_version_id"), "opinion", ["version_id"], unique=False
    )
    op.create_table(
        "published_paper",
        sa.Column(
            "publication_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_published_paper_publication_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["paper_version.id"],
            name=op.f("fk_published_paper_version_id"),
        ),
        sa.PrimaryKeyConstraint(
            "publication_id", "version_id", name=op.f("pk_published_paper")
        ),
    )


def downgrade() -> None:
    op.drop_table("published_paper")
    op.drop_index(op.f("ix_opinion_version_id"), table_name="opinion")
    op.drop_index("ix_opinion_case", table_name="opinion")
    op.drop_table("opinion")
    op.drop_index(op.f("ix_incident_root_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_about"), table_name="incident")
    op.drop_table("incident")
    op.drop_index(op.f("ix_finding_version_id"), table_name="finding")
    op.drop_index(op.f("ix_finding_earlier_id"), table_name="finding")
    op.drop_table("finding")
    op.drop_table("co_signature")
    op.drop_table("challenge_file")
    op.drop_index(op.f("ix_withheld_part_request_id"), table_name="withheld_part")
    op.drop_table("withheld_part")
    op.drop_index(
        "ix_timer_due",
        table_name="timer",
        sqlite_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
    )
    op.drop_index(op.f("ix_timer_case_id"), table_name="timer")
    op.drop_table("timer")
    op.drop_index(op.f("ix_search_record_request_id"), table_name="search_record")
    op.drop_table("search_record")
    op.drop_index(op.f("ix_same_information_other_id"), table_name="same_information")
    op.drop_table("same_information")
    op.drop_table("request_file")
    op.drop_index(
        op.f("ix_proposal_request_proposal_id"), table_name="proposal_request"
    )
    op.drop_table("proposal_request")
    op.drop_table("processing_fee")
    op.drop_index(op.f("ix_paper_version_file_id"), table_name="paper_version")
    op.drop_index(op.f("ix_paper_version_case_id"), table_name="paper_version")
    op.drop_table("paper_version")
    op.drop_table("interpretation_round")
    op.drop_table("interpretation_consulted")
    op.drop_index(op.f("ix_consultation_request_id"), table_name="consultation")
    op.drop_table("consultation")
    op.drop_index(op.f("ix_clock_event_request_id"), table_name="clock_event")
    op.drop_table("clock_event")
    op.drop_index(op.f("ix_challenge_request_id"), table_name="challenge")
    op.drop_index(op.f("ix_challenge_agency_id"), table_name="challenge")
    op.drop_table("challenge")
    op.drop_index("ix_urging_task", table_name="urging")
    op.drop_table("urging")
    op.drop_index(op.f("ix_service_letter_id"), table_name="service")
    op.drop_table("service")
    op.drop_index(
        "ix_search_passage_words",
        table_name="search_passage",
        postgresql_using="gin",
        sqlite_where=sa.text("id IS NULL"),
    )
    op.drop_table("search_passage")
    op.drop_index("ix_publication_document", table_name="publication")
    op.drop_table("publication")
    op.drop_index(
        op.f("ix_proactive_proposal_agency_id"), table_name="proactive_proposal"
    )
    op.drop_table("proactive_proposal")
    op.drop_index(op.f("ix_paper_document_id"), table_name="paper")
    op.drop_table("paper")
    op.drop_table("joint_issuer")
    op.drop_index("ix_interpretation_interpreter", table_name="interpretation")
    op.drop_index(op.f("ix_interpretation_document_id"), table_name="interpretation")
    op.drop_table("interpretation")
    op.drop_index("ix_information_request_register", table_name="information_request")
    op.drop_index(
        op.f("ix_information_request_received_on"), table_name="information_request"
    )
    op.drop_index("ix_information_request_received", table_name="information_request")
    op.drop_index("ix_information_request_open", table_name="information_request")
    op.drop_index(
        op.f("ix_information_request_closed_on"), table_name="information_request"
    )
    op.drop_index(
        op.f("ix_information_request_agency_id"), table_name="information_request"
    )
    op.drop_table("information_request")
    op.drop_index("ix_inbox_task", table_name="inbox")
    op.drop_table("inbox")
    op.drop_index("ix_handover_task", table_name="handover")
    op.drop_table("handover")
    op.drop_table("draft")
    op.drop_index(op.f("ix_determination_round_id"), table_name="determination")
    op.drop_table("determination")
    op.drop_index(op.f("ix_deadline_task_id"), table_name="deadline")
    op.drop_index(
        "ix_deadline_open",
        table_name="deadline",
        sqlite_where=sa.text("state IN ('running', 'paused')"),
        postgresql_where=sa.text("state IN ('running', 'paused')"),
    )
    op.drop_index("ix_deadline_case", table_name="deadline")
    op.drop_table("deadline")
    op.drop_index(
        op.f("ix_transferred_file_transfer_id"), table_name="transferred_file"
    )
    op.drop_table("transferred_file")
    op.drop_index("ix_task_open", table_name="task")
    op.drop_index("ix_task_completed", table_name="task")
    op.drop_index(op.f("ix_task_case_id"), table_name="task")
    op.drop_index(op.f("ix_task_about_id"), table_name="task")
    op.drop_table("task")
    op.drop_table("searched_case")
    op.drop_index("ix_search_entry_number", table_name="search_entry")
    op.drop_table("search_entry")
    op.drop_table("review_round")
    op.drop_index(
        op.f("ix_record_correction_agency_id"), table_name="record_correction"
    )
    op.drop_table("record_correction")
    op.drop_index(op.f("ix_process_instance_case_id"), table_name="process_instance")
    op.drop_table("process_instance")
    op.drop_index(op.f("ix_post_holding_post_id"), table_name="post_holding")
    op.drop_index("ix_post_holding_person", table_name="post_holding")
    op.drop_table("post_holding")
    op.drop_index("ix_personal_index_blind", table_name="personal_index")
    op.drop_table("personal_index")
    op.drop_index(
        "ix_outbox_due",
        table_name="outbox",
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.drop_table("outbox")
    op.drop_index(op.f("ix_letter_case_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_agency_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_table("leader_reminder")
    op.drop_table("issued_number")
    op.drop_index("ix_document_listed", table_name="document")
    op.drop_index(op.f("ix_document_issuer_id"), table_name="document")
    op.drop_index(op.f("ix_document_agency_id"), table_name="document")
    op.drop_table("document")
    op.drop_index("ix_case_reader_case", table_name="case_reader")
    op.drop_table("case_reader")
    op.drop_table("case_party")
    op.drop_table("case_follow")
    op.drop_index("ix_case_copy_person", table_name="case_copy")
    op.drop_index("ix_case_copy_case", table_name="case_copy")
    op.drop_table("case_copy")
    op.drop_table("calendar_import")
    op.drop_index(op.f("ix_transfer_agency_id"), table_name="transfer")
    op.drop_table("transfer")
    op.drop_index("ix_stored_file_sha256", table_name="stored_file")
    op.drop_index("ix_stored_file_address", table_name="stored_file")
    op.drop_table("stored_file")
    op.drop_index("ix_setting_key", table_name="setting")
    op.drop_table("setting")
    op.drop_index(op.f("ix_role_holding_person_id"), table_name="role_holding")
    op.drop_index("ix_role_holding_organisation", table_name="role_holding")
    op.drop_table("role_holding")
    op.drop_index(op.f("ix_post_organisation_id"), table_name="post")
    op.drop_table("post")
    op.drop_index(op.f("ix_personal_record_root_id"), table_name="personal_record")
    op.drop_table("personal_record")
    op.drop_table("number_series")
    op.drop_index("ix_history_actor", table_name="history")
    op.drop_table("history")
    op.drop_index("ix_case_file_process", table_name="case_file")
    op.drop_index(op.f("ix_case_file_parent_id"), table_name="case_file")
    op.drop_index(op.f("ix_case_file_agency_id"), table_name="case_file")
    op.drop_table("case_file")
    op.drop_table("calendar_day")
    op.drop_table("annual_figures")
    op.drop_table("annual_edition")
    op.drop_index(op.f("ix_person_root_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_organisation_root_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_table("history_stream")
    op.drop_index(
        "uq_calendar_version_current",
        table_name="calendar_version",
        sqlite_where=sa.text("superseded_by IS NULL"),
        postgresql_where=sa.text("superseded_by IS NULL"),
    )
    op.drop_table("calendar_version")
    op.drop_index(op.f("ix_visitor_count_resets_at"), table_name="visitor_count")
    op.drop_table("visitor_count")
    op.drop_index(op.f("ix_submitted_form_submitted_at"), table_name="submitted_form")
    op.drop_table("submitted_form")
    op.drop_table("seal")
    op.drop_table("root")
    op.drop_table("process_definition")
    op.drop_table("installation")
    op.drop_table("file_erasure")
    op.drop_table("calendar")
