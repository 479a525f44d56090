"""Reading what the pages of an assignment send."""

import re

from flask import request
from werkzeug.datastructures import FileStorage

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from . import corrections
from .drafts import Sent
from .reviews import Opinion

TEXT, SEQ, BASE, DEVICE = "teks", "seq", "dasar", "perangkat"
FILE, ACT, SEEN, REASON = "lampiran", "aksi", "dilihat", "alasan"
OLD, UID, LOST = "ulasan", "isian", "kelulusan-hilang"
LEVEL, REMARK, OVERALL = "tingkat-", "komentar-", "komentar"
ACTS = ("simpan", "lampirkan", "kumpulkan")
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
NAME = re.compile(r"[0-9a-zA-Z-]{0,36}", re.ASCII)


class FormUnreadable(Invalid):
    message = N_("Isian halaman ini tidak dikenal. Muat ulang halaman, lalu coba lagi.")


def read_draft() -> Sent:
    """Return the text as sent; a page without scripts counts on one from what it saw.

    raises  FormUnreadable
    """
    seq = _number(request.form.get(SEQ, ""))
    base = request.form.get(BASE, "")
    device = request.form.get(DEVICE, "")
    if not NAME.fullmatch(device):
        raise FormUnreadable
    return Sent(
        text=request.form.get(TEXT, ""),
        seq=seq,
        base=_number(base) if base else seq - 1,
        device=device,
    )


def read_seen() -> int:
    """Return the seq of the text that the page showed before handing in."""
    return _number(request.form.get(SEEN, ""))


def read_act() -> str:
    act = request.form.get(ACT, ACTS[0])
    if act not in ACTS:
        raise FormUnreadable
    return act


def read_file() -> FileStorage | None:
    """Return the file that was chosen, or None."""
    found = request.files.get(FILE)
    return found if found and found.filename else None


def read_reason() -> str:
    return request.form.get(REASON, "")


def read_old() -> str:
    """Return the uid of the review that is to be mended."""
    return _name(request.form.get(OLD, ""))


def read_correction() -> corrections.Form:
    """Return what a page that mends a review says besides. Raises FormUnreadable."""
    uid = _name(request.form.get(UID, ""))
    return corrections.Form(uid, read_reason(), LOST in request.form)


def _name(text: str) -> str:
    if not text or not NAME.fullmatch(text):
        raise FormUnreadable
    return text


def read_opinion() -> Opinion:
    """Return what a grader has chosen and written; what is no number is left out."""
    levels, remarks = {}, {}
    for name, value in request.form.items():
        if name.startswith(LEVEL) and NUMBER.fullmatch(value):
            levels[name.removeprefix(LEVEL)] = int(value)
        elif name.startswith(REMARK):
            remarks[name.removeprefix(REMARK)] = value.replace("\r\n", "\n")
    remark = request.form.get(OVERALL, "").replace("\r\n", "\n")
    return Opinion(levels, remarks, remark)


def _number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise FormUnreadable
    return int(text)
