"""What a superior may choose to say, and what may be written instead. Pure."""

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

LONGEST = 280  # letters
OWN = "sendiri"  # the choice of writing oneself
SENTENCES = {
    "lanjutkan": N_(
        "Anda sudah memulai dengan baik. Silakan dilanjutkan sedikit setiap hari."
    ),
    "tenggat": N_(
        "Tenggatnya sudah dekat. Mohon sisihkan waktu pekan ini; kabari saya bila"
        " pekerjaan perlu diatur ulang."
    ),
    "waktu": N_(
        "Silakan gunakan satu jam kerja pekan ini untuk belajar. Saya akan menjaga"
        " agar pelayanan tetap berjalan."
    ),
    "bantuan": N_(
        "Bila ada bagian yang sulit, sampaikan kepada saya. Kita cari jalan keluarnya"
        " bersama."
    ),
    "terima_kasih": N_(
        "Terima kasih atas kesungguhan Anda belajar. Hasilnya berguna bagi unit kita."
    ),
}


# What matters of somebody (see board.py) -> what suits it.
_FITTING = {
    "late": "bantuan",
    "soon": "tenggat",
    "finished": "terima_kasih",
    "jp": "terima_kasih",
}


def fitting(thing: str, is_begun: bool) -> str:
    """Return the key of the sentence that suits how somebody stands.

    thing     as Card has it
    is_begun  they are in the middle of a course: only then may it be said
    """
    return _FITTING.get(thing) or ("lanjutkan" if is_begun else "waktu")


class TextBad(Invalid):
    message = N_("Tulis pesan paling panjang %(longest)s karakter, atau pilih kalimat.")


def written(sentence: str, text: str) -> tuple[str, str]:
    """Return (key, Indonesian text) of what is said. Raises TextBad.

    sentence  a key of SENTENCES, or OWN: then `text` counts
    """
    if sentence in SENTENCES:
        return sentence, SENTENCES[sentence]
    text = one_line(text)
    if sentence != OWN or not text or len(text) > LONGEST or has_hidden(text):
        raise TextBad(longest=LONGEST)
    return "", text
