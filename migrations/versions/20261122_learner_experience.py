"""Preferences, places in lessons, search, competency, certificate files, access."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_learner"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_accesses",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('viewed', 'exported')", name=op.f("ck_data_accesses_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_accesses")),
    )
    op.create_table(
        "ip_rules",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("job_type", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ip_rules")),
        sa.UniqueConstraint("job_type", "part", name=op.f("uq_ip_rules_job_type_part")),
    )
    op.create_table(
        "job_families",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_job_families")),
    )
    op.create_table(
        "job_levels",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("core_level", sa.Integer(), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_job_levels")),
    )
    op.create_table(
        "search_spellings",
        sa.Column("variant", sa.String(length=60), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("variant", "term", name=op.f("pk_search_spellings")),
    )
    with op.batch_alter_table("search_spellings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_spellings_term"), ["term"], unique=False
        )

    op.create_table(
        "competency_levels",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"],
            ["competencies.code"],
            name=op.f("fk_competency_levels_code"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("code", "level", name=op.f("pk_competency_levels")),
    )
    op.create_table(
        "course_facets",
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_course_facets_course_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "course_id", "kind", "value", name=op.f("pk_course_facets")
        ),
    )
    with op.batch_alter_table("course_facets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_facets_kind_value"), ["kind", "value"], unique=False
        )

    op.create_table(
        "data_access_people",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "access_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["access_id"],
            ["data_accesses.id"],
            name=op.f("fk_data_access_people_access_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "access_id", name=op.f("pk_data_access_people")
        ),
    )
    op.create_table(
        "requirements",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("family", sa.String(length=80), nullable=False),
        sa.Column("job_level", sa.String(length=30), nullable=False),
        sa.Column("competency", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family"],
            ["job_families.code"],
            name=op.f("fk_requirements_family"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
        sa.UniqueConstraint(
            "family",
            "job_level",
            "competency",
            name=op.f("uq_requirements_family_job_level_competency"),
        ),
    )
    op.create_table(
        "search_terms",
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_search_terms_course_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("term", "course_id", name=op.f("pk_search_terms")),
    )
    with op.batch_alter_table("search_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_terms_course_id"), ["course_id"], unique=False
        )

    op.create_table(
        "bookmarks",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_bookmarks_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_bookmarks_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "course_id", "item_code", "anchor", name=op.f("pk_bookmarks")
        ),
    )
    op.create_table(
        "correction_requests",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("said", sa.String(length=255), nullable=False),
        sa.Column("wanted", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column(
            "answered_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'refused', 'withdrawn')",
            name=op.f("ck_correction_requests_state"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["people.id"],
            name=op.f("fk_correction_requests_answered_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_correction_requests_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_requests")),
    )
    with op.batch_alter_table("correction_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_correction_requests_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_correction_requests_state_due_at"),
            ["state", "due_at"],
            unique=False,
        )

    op.create_table(
        "email_changes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_email_changes_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_changes")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_email_changes_token_hash")),
    )
    with op.batch_alter_table("email_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_email_changes_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "lesson_notes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_lesson_notes_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_lesson_notes_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_notes")),
        sa.UniqueConstraint("uid", name=op.f("uq_lesson_notes_uid")),
    )
    with op.batch_alter_table("lesson_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lesson_notes_person_id_course_id_item_code"),
            ["person_id", "course_id", "item_code"],
            unique=False,
        )

    op.create_table(
        "preferences",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("text_size", sa.Integer(), nullable=False),
        sa.Column("data_saver", sa.Boolean(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "language IN ('id', 'en')", name=op.f("ck_preferences_language")
        ),
        sa.CheckConstraint(
            "theme IN ('system', 'light', 'dark')", name=op.f("ck_preferences_theme")
        ),
        sa.CheckConstraint(
            "text_size IN (100, 115, 130, 150)", name=op.f("ck_preferences_text_size")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_preferences_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "shown_levels",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("competency", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column(
            "recorded_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('assessed', 'observed')", name=op.f("ck_shown_levels_kind")
        ),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_shown_levels_level")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_shown_levels_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["people.id"],
            name=op.f("fk_shown_levels_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_levels")),
    )
    with op.batch_alter_table("shown_levels", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shown_levels_person_id_competency"),
            ["person_id", "competency"],
            unique=False,
        )

    op.create_table(
        "time_allowances",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column(
            "granted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "percent BETWEEN 1 AND 300", name=op.f("ck_time_allowances_percent")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["people.id"],
            name=op.f("fk_time_allowances_granted_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_time_allowances_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_allowances")),
    )
    with op.batch_alter_table("time_allowances", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_time_allowances_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "lesson_verdicts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "enrolment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column(
            "item_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("is_helpful", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_lesson_verdicts_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"],
            ["item_versions.id"],
            name=op.f("fk_lesson_verdicts_item_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_verdicts")),
    )
    with op.batch_alter_table("lesson_verdicts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lesson_verdicts_enrolment_id_item_code"),
            ["enrolment_id", "item_code"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_lesson_verdicts_item_version_id"),
            ["item_version_id"],
            unique=False,
        )

    op.create_table(
        "reading_places",
        sa.Column(
            "enrolment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_reading_places_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "enrolment_id", "item_code", name=op.f("pk_reading_places")
        ),
    )
    with op.batch_alter_table("reading_places", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_places_enrolment_id_at"),
            ["enrolment_id", "at"],
            unique=False,
        )

    op.create_table(
        "certificate_files",
        sa.Column(
            "certificate_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_files_certificate_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_files")),
    )
    with op.batch_alter_table("answer_saves", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("device", sa.String(length=36), server_default="", nullable=False)
        )

    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("extra_percent", sa.Integer(), server_default="0", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_column("extra_percent")

    with op.batch_alter_table("answer_saves", schema=None) as batch_op:
        batch_op.drop_column("device")

    op.drop_table("certificate_files")
    with op.batch_alter_table("reading_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_places_enrolment_id_at"))

    op.drop_table("reading_places")
    with op.batch_alter_table("lesson_verdicts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_verdicts_item_version_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_verdicts_enrolment_id_item_code"))

    op.drop_table("lesson_verdicts")
    with op.batch_alter_table("time_allowances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_time_allowances_person_id"))

    op.drop_table("time_allowances")
    with op.batch_alter_table("shown_levels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shown_levels_person_id_competency"))

    op.drop_table("shown_levels")
    op.drop_table("preferences")
    with op.batch_alter_table("lesson_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_notes_person_id_course_id_item_code"))

    op.drop_table("lesson_notes")
    with op.batch_alter_table("email_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_email_changes_person_id"))

    op.drop_table("email_changes")
    with op.batch_alter_table("correction_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_requests_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_correction_requests_person_id"))

    op.drop_table("correction_requests")
    op.drop_table("bookmarks")
    with op.batch_alter_table("search_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_terms_course_id"))

    op.drop_table("search_terms")
    op.drop_table("requirements")
    op.drop_table("data_access_people")
    with op.batch_alter_table("course_facets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_facets_kind_value"))

    op.drop_table("course_facets")
    op.drop_table("competency_levels")
    with op.batch_alter_table("search_spellings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_spellings_term"))

    op.drop_table("search_spellings")
    op.drop_table("job_levels")
    op.drop_table("job_families")
    op.drop_table("ip_rules")
    op.drop_table("data_accesses")
