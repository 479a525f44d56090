"""What HR pages store about a person, for "Data saya"."""

from sqlalchemy import bindparam, select

from lms.audit.own_data import Section, reading, register
from lms.kernel.i18n import N_

from .models import PersonFigure, Taking

register(
    Section(
        key="ekspor_sdm",
        group="trail",
        title=N_("Ekspor yang Anda ambil sebagai pengelola SDM"),
        columns=(
            N_("Waktu"), N_("Jenis"), N_("Bentuk"), N_("Saringan"), N_("Keadaan"),
            N_("Baris"), N_("Selesai"), N_("Berkas"), N_("Sidik"),
        ),
        tables=("export_takings",),
        read=reading(
            select(
                Taking.asked_at, Taking.kind, Taking.format, Taking.filter,
                Taking.state, Taking.rows, Taking.finished_at, Taking.file_name,
                Taking.file_sha256,
            )
            .where(Taking.person_id == bindparam("person"))
            .order_by(Taking.id.desc())
        ),
        words={"waiting": N_("menunggu dibuat"), "running": N_("berjalan"),
               "done": N_("selesai"), "broken": N_("terputus"),
               "failed": N_("gagal")},
        file_only=("Saringan", "Sidik"),
    ),
    Section(
        key="angka_ringkasan",
        group="trail",
        title=N_("Andil pada ringkasan pengelola SDM"),
        columns=(N_("Unit, jenis jabatan, status, dan hitungan"),),
        tables=("person_figures",),
        read=reading(
            select(PersonFigure.parts).where(
                PersonFigure.person_id == bindparam("person")
            )
        ),
        remark=N_(
            "Dihitung dari kursus selesai, penugasan, dan kompetensi Anda, dan dihitung"
            " ulang setiap kali salah satunya berubah."
        ),
    ),
)  # fmt: skip
