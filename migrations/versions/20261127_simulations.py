"""Simulations: keys of items, runs, steps."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_simulations"
down_revision = "20261127_attempts_waiting"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "item_keys",
        sa.Column("item_version_id", BIG, nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_version_id"],
            ["item_versions.id"],
            name=op.f("fk_item_keys_item_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("item_version_id", name=op.f("pk_item_keys")),
    )
    op.create_table(
        "simulation_runs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("enrolment_id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("item_version_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pass_bp", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score_bp", sa.Integer(), nullable=True),
        sa.Column("ending", sa.String(length=10), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (score_bp IS NULL)",
            name=op.f("ck_simulation_runs_scored_when_ended"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_simulation_runs_number")),
        sa.CheckConstraint(
            "score_bp BETWEEN 0 AND 10000", name=op.f("ck_simulation_runs_score_range")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_simulation_runs_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_simulation_runs_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"],
            ["item_versions.id"],
            name=op.f("fk_simulation_runs_item_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_simulation_runs_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_runs")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_code",
            "number",
            name=op.f("uq_simulation_runs_enrolment_id_item_code_number"),
        ),
    )
    op.create_index(
        op.f("ix_simulation_runs_course_id_item_code"),
        "simulation_runs",
        ["course_id", "item_code"],
        unique=False,
    )
    op.create_index(
        op.f("ix_simulation_runs_item_version_id"),
        "simulation_runs",
        ["item_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_simulation_runs_person_id"),
        "simulation_runs",
        ["person_id"],
        unique=False,
    )

    op.create_table(
        "simulation_steps",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scene", sa.String(length=60), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_simulation_steps_number")),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["simulation_runs.id"],
            name=op.f("fk_simulation_steps_run_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_steps")),
        sa.UniqueConstraint(
            "run_id", "number", name=op.f("uq_simulation_steps_run_id_number")
        ),
    )
    op.create_table(
        "simulation_grants",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("enrolment_id", BIG, nullable=False),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("granted_by", BIG, nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 2", name=op.f("ck_simulation_grants_number")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_simulation_grants_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["people.id"],
            name=op.f("fk_simulation_grants_granted_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_simulation_grants_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation_grants")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_code",
            "number",
            name=op.f("uq_simulation_grants_enrolment_id_item_code_number"),
        ),
    )
    op.create_index(
        op.f("ix_simulation_grants_person_id"),
        "simulation_grants",
        ["person_id"],
        unique=False,
    )
