"""Granted attempts; what HR did about a person."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_person_acts"
down_revision = "20261126_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt_grants",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "enrolment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column(
            "granted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 2", name=op.f("ck_attempt_grants_number")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_attempt_grants_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["people.id"],
            name=op.f("fk_attempt_grants_granted_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_attempt_grants_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_grants")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_code",
            "number",
            name=op.f("uq_attempt_grants_enrolment_id_item_code_number"),
        ),
    )
    op.create_index(
        op.f("ix_attempt_grants_person_id"),
        "attempt_grants",
        ["person_id"],
        unique=False,
    )

    op.create_table(
        "amendment_proofs",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "completion_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column(
            "recorded_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["completion_id"],
            ["completions.id"],
            name=op.f("fk_amendment_proofs_completion_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_amendment_proofs_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["people.id"],
            name=op.f("fk_amendment_proofs_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["ledger_entries.seq"],
            name=op.f("fk_amendment_proofs_seq"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_proofs")),
        sa.UniqueConstraint("seq", name=op.f("uq_amendment_proofs_seq")),
    )
    op.create_index(
        op.f("ix_amendment_proofs_completion_id"),
        "amendment_proofs",
        ["completion_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_amendment_proofs_person_id"),
        "amendment_proofs",
        ["person_id"],
        unique=False,
    )

    op.create_table(
        "proof_files",
        sa.Column(
            "proof_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proof_id"],
            ["amendment_proofs.id"],
            name=op.f("fk_proof_files_proof_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("proof_id", name=op.f("pk_proof_files")),
    )
    op.add_column(
        "correction_requests",
        sa.Column(
            "is_applied", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
    )

    op.create_index(op.f("ix_people_name"), "people", ["name"], unique=False)
    op.add_column(
        "time_allowances",
        sa.Column(
            "end_reason", sa.String(length=500), server_default="", nullable=False
        ),
    )
    op.create_index(
        op.f("ix_data_accesses_actor_id_at"), "data_accesses", ["actor_id", "at"]
    )
    op.create_index(
        op.f("ix_audit_entries_action_id"), "audit_entries", ["action", "id"]
    )
