"""Answers that cannot be taken, in the words the page shows beside the field."""

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_


class AnswerUnreadable(Invalid):
    message = N_("Jawaban tidak dapat dibaca. Pilih atau tulis ulang jawaban Anda.")


class NotANumber(AnswerUnreadable):
    message = N_("Tulis angka saja, misalnya 78,5.")


class GapNotANumber(AnswerUnreadable):
    """`gap` is the number of the gap as shown, from 1."""

    message = N_("Rumpang %(gap)d: tulis angka saja, misalnya 78,5.")


class TextTooLong(AnswerUnreadable):
    message = N_("Jawaban terlalu panjang. Tulis paling banyak %(letters)d karakter.")


class GapTooLong(TextTooLong):
    message = N_("Rumpang %(gap)d: tulis paling banyak %(letters)d karakter.")


class UploadsLater(AnswerUnreadable):
    message = N_(
        "Soal ini meminta berkas, dan berkas belum dapat diunggah di sini."
        " Tanyakan kepada pengajar cara menyerahkannya."
    )
