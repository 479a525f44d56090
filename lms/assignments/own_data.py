"""What assignments store about a person, for "Data saya"."""

from sqlalchemy import bindparam, select

from lms.accounts.models import Person
from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_

from .models import Assignment, Duty, Exemption, Reminder

PERSON = bindparam("person")


register(
    Section(
        key="penugasan",
        group="learning",
        title=N_("Penugasan belajar"),
        columns=(
            N_("Kursus"), N_("Putaran"), N_("Gelombang"), N_("Mulai"), N_("Tenggat"),
            N_("Ditugaskan"), N_("Berakhir"), N_("Sebab berakhir"),
        ),
        tables=("assignment_duties",),
        read=reading(
            select(
                Course.code, Duty.period, Duty.wave, Duty.starts_on, Duty.due_on,
                Duty.assigned_at, Duty.ended_at, Duty.end_reason,
            )
            .join(Course, Course.id == Duty.course_id)
            .where(Duty.person_id == PERSON)
            .order_by(Duty.id.desc())
        ),
        words={"moved": N_("pindah unit atau jabatan"), "left": N_("tidak aktif lagi"),
               "exempted": N_("dibebaskan"), "ended": N_("penugasan diakhiri"),
               "renewed": N_("putaran berikutnya dimulai")},
    ),
    Section(
        key="pembebasan",
        group="learning",
        title=N_("Pembebasan dari penugasan"),
        columns=(
            N_("Kursus"), N_("Alasan"), N_("Sampai"), N_("Diberikan"), N_("Berakhir"),
        ),
        tables=("assignment_exemptions",),
        read=reading(
            select(
                Course.code, Exemption.reason, Exemption.until, Exemption.granted_at,
                Exemption.ended_at,
            )
            .join(Assignment, Assignment.id == Exemption.assignment_id)
            .join(Course, Course.id == Assignment.course_id)
            .where(Exemption.person_id == PERSON)
            .order_by(Exemption.id.desc())
        ),
    ),
    Section(
        key="pengingat",
        group="learning",
        title=N_("Pengingat penugasan"),
        columns=(
            N_("Kursus"), N_("Jenis"), N_("Dikirim"), N_("Dikirim oleh"), N_("Dibaca"),
        ),
        tables=("reminders",),
        read=reading(
            select(
                Course.code, Reminder.kind, Reminder.at, Person.name, Reminder.read_at,
            )
            .join(Duty, Duty.id == Reminder.duty_id)
            .join(Course, Course.id == Duty.course_id)
            .outerjoin(Person, Person.id == Reminder.sent_by)
            .where(Reminder.person_id == PERSON)
            .order_by(Reminder.id.desc())
        ),
        words={"before": N_("menjelang tenggat"), "late": N_("sesudah tenggat"),
               "manual": N_("dikirim oleh orang")},
    ),
)  # fmt: skip
