"""What simulations store about a person, for "Data saya"; nothing of any key."""

from sqlalchemy import bindparam, select

from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_
from lms.records.models import Enrolment

from .models import Run, RunGrant, Step

_MINE = Run.person_id == bindparam("person")
ENDINGS = {"good": N_("baik"), "fair": N_("cukup"), "poor": N_("buruk")}

register(
    Section(
        key="simulasi",
        group="learning",
        title=N_("Simulasi"),
        columns=(
            N_("Kursus"), N_("Simulasi"), N_("Ke"), N_("Dimulai"), N_("Selesai"),
            N_("Akhir"), N_("Nilai (per sepuluh ribu)"),
            N_("Nilai lulus (per sepuluh ribu)"),
        ),
        tables=("simulation_runs",),
        read=reading(
            select(
                Course.code, Run.item_code, Run.number, Run.begun_at, Run.ended_at,
                Run.ending, Run.score_bp, Run.pass_bp,
            )
            .join(Course, Course.id == Run.course_id)
            .where(_MINE)
            .order_by(Run.id.desc())
        ),
        words=ENDINGS,
    ),
    Section(
        key="langkah_simulasi",
        group="learning",
        title=N_("Langkah simulasi"),
        columns=(
            N_("Kursus"), N_("Simulasi"), N_("Ke"), N_("Langkah"), N_("Adegan"),
            N_("Pilihan"), N_("Menuju"), N_("Waktu"),
        ),
        tables=("simulation_steps",),
        read=reading(
            select(
                Course.code, Run.item_code, Run.number, Step.number, Step.scene,
                Step.choice, Step.to, Step.at,
            )
            .join(Run, Run.id == Step.run_id)
            .join(Course, Course.id == Run.course_id)
            .where(_MINE)
            .order_by(Step.id.desc())
        ),
        file_only=("Pilihan", "Menuju"),
    ),
    Section(
        key="tambahan_simulasi",
        group="learning",
        title=N_("Tambahan kesempatan simulasi"),
        columns=(
            N_("Diberikan"), N_("Kursus"), N_("Simulasi"), N_("Ke"), N_("Alasan"),
        ),
        tables=("simulation_grants",),
        read=reading(
            select(
                RunGrant.granted_at, Course.code, RunGrant.item_code, RunGrant.number,
                RunGrant.reason,
            )
            .join(Enrolment, Enrolment.id == RunGrant.enrolment_id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(RunGrant.person_id == bindparam("person"))
            .order_by(RunGrant.id.desc())
        ),
    ),
)  # fmt: skip
