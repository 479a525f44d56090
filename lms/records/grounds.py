"""Why a record was amended, as anybody may read it on the check page. Pure.

The reason in words is for its owner and HR alone: it may say what strangers need not
know. A ground is one of a few, and says nothing about a person beyond the record.
"""

from lms.kernel.i18n import N_

OTHER = "lain"
REVOKED = {
    "data": N_("Data peserta atau kursus keliru"),
    "syarat": N_("Syarat kelulusan tidak terpenuhi"),
    "identitas": N_("Tidak diikuti oleh pemilik sertifikat sendiri"),
    "ganda": N_("Tercatat lebih dari sekali"),
    OTHER: N_("lainnya, tanyakan kepada penerbit"),
}
CORRECTED = {
    "hitung": N_("Jam pelajaran salah dihitung"),
    "sebagian": N_("Sebagian kegiatan tidak diikuti"),
    "data": N_("Data kursus keliru"),
    OTHER: N_("lainnya, tanyakan kepada penerbit"),
}
