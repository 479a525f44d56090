"""What is stored of a person's files, for "Data saya"."""

from sqlalchemy import bindparam, select

from lms.audit.own_data import Section, reading, register
from lms.kernel.i18n import N_

from .models import Upload, UploadContent

register(
    Section(
        key="berkas",
        group="learning",
        title=N_("Berkas yang Anda lampirkan"),
        columns=(
            N_("Nama"), N_("Jenis"), N_("Ukuran (bita)"), N_("Dikirim"),
            N_("Sidik (SHA-256)"), N_("Alamat"),
        ),
        tables=("uploads", "upload_contents"),
        read=reading(
            select(
                Upload.name, UploadContent.kind, UploadContent.size_bytes, Upload.at,
                UploadContent.sha256, "/berkas/" + Upload.uid,
            )
            .join(UploadContent, UploadContent.id == Upload.content_id)
            .where(Upload.person_id == bindparam("person"))
            .order_by(Upload.id.desc())
        ),
        file_only=("Sidik (SHA-256)", "Alamat"),
        remark=N_("Berkas itu sendiri dapat Anda unduh di halaman tugasnya."),
    ),
)  # fmt: skip
