"""What a learner notes in lessons: notes, bookmarks, "membantu"; and /catatan."""

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.catalog.models import Course
from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import one_line, slug
from lms.web import tongue
from lms.web.formats import datetime_id

from . import bookmarks, collected, lessons, notes, places, verdicts
from .forms import read_place, read_verdict, tells_of_hr, wants_fragment
from .lessons import Lesson

bp = Blueprint("notes", __name__)

LONGEST_SEARCH = 100  # letters


@bp.post("/kursus/<kursus>/<butir>/catatan")
def write(kursus: str, butir: str):
    """Keep a note at a place of the lesson."""
    lesson = _lesson(kursus, butir)
    anchor = read_place(lesson)
    place = (lesson.place.live.course_id, butir, anchor)
    text, form = request.form.get("teks", ""), request.form.get("formulir", "")[:80]
    try:
        notes.write(current_user.id, place, text, form, clock.now())
    except Invalid as refused:
        return _refused(refused, lesson, anchor, text, form)
    db.session.commit()
    return _back(lesson, N_("Catatan disimpan. Hanya Anda yang dapat membacanya."))


@bp.post("/kursus/<kursus>/<butir>/penanda")
def bookmark(kursus: str, butir: str):
    """Mark a place of the lesson, or take the mark off."""
    lesson = _lesson(kursus, butir)
    is_on = "lepas" not in request.form
    anchor = read_place(lesson, "tandai" if is_on else "lepas")
    place = (lesson.place.live.course_id, butir, anchor)
    bookmarks.put(current_user.id, place, is_on, clock.now())
    db.session.commit()
    return _back(
        lesson, N_("Bagian ini ditandai.") if is_on else N_("Penanda dilepas.")
    )


@bp.post("/kursus/<kursus>/<butir>/penilaian")
def verdict(kursus: str, butir: str):
    """Take whether the lesson helps."""
    lesson = _lesson(kursus, butir)
    is_helpful = read_verdict()
    comment = request.form.get("komentar", "")
    verdicts.say(lesson, is_helpful, comment, clock.now(), tells_of_hr())
    db.session.commit()
    if wants_fragment():
        return render_template("learn/verdict.html", lesson=_again(lesson))
    flash(N_("Terima kasih. Penilaian Anda tersimpan."), "ok")
    return redirect(_url(lesson, "penilaian"), code=303)


@bp.get("/catatan")
def index():
    """Show all notes and bookmarks of the person."""
    wanted = one_line(request.args.get("cari", ""))[:LONGEST_SEARCH]
    found = collected.of(current_user.id, wanted)
    return render_template(
        "learn/notes.html",
        parts=found,
        wanted=wanted,
        deleted=_deleted(),
        total=sum(part.count for part in found),
    )


@bp.get("/catatan/unduh")
def download() -> Response:
    """Send all notes as one text."""
    text = collected.as_markdown(
        collected.of(current_user.id),
        gettext("Catatan saya"),
        gettext("Ditandai untuk dibaca lagi."),
        gettext("Seluruh pelajaran"),
        datetime_id,
    )
    answer = Response(text, content_type="text/markdown; charset=utf-8")
    name = slug(gettext("Catatan saya")) or "catatan"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.md"
    return answer


@bp.get("/catatan/<int:note_id>")
def edit(note_id: int):
    """Show a note to be changed."""
    note = notes.find(current_user.id, note_id)
    return _edit_page(note, note.text, "")


@bp.post("/catatan/<int:note_id>")
def change(note_id: int):
    """Write a note anew."""
    note = notes.find(current_user.id, note_id)
    text = request.form.get("teks", "")
    try:
        notes.change(note, text, note.anchor, clock.now())
    except Invalid as refused:
        message = gettext(refused.message) % refused.facts
        return _edit_page(note, text, message), refused.status
    db.session.commit()
    return _from_note(note.course_id, note.item_code, N_("Catatan disimpan."))


@bp.post("/catatan/<int:note_id>/hapus")
def delete(note_id: int):
    """Take a note away; the next page offers to bring it back."""
    note = notes.find(current_user.id, note_id)
    notes.delete(note, clock.now())
    place = (note.course_id, note.item_code)
    db.session.commit()
    return _from_note(*place, "", deleted=note_id)


@bp.post("/catatan/<int:note_id>/kembalikan")
def restore(note_id: int):
    """Bring a deleted note back."""
    note = notes.find(current_user.id, note_id)
    notes.restore(note)
    place = (note.course_id, note.item_code)
    db.session.commit()
    return _from_note(*place, N_("Catatan dikembalikan."))


def _lesson(course_code: str, item_code: str) -> Lesson:
    place = places.find(current_user.id, course_code)
    return lessons.open_at(place.read_in(tongue.of(course_code)), item_code)


def _again(lesson: Lesson) -> Lesson:
    """Read what the person left in the lesson anew."""
    return lessons.open_at(lesson.place, lesson.code)


def _url(lesson: Lesson, anchor: str, **more: object) -> str:
    return url_for(
        "learn.item",
        kursus=lesson.place.live.code,
        butir=lesson.code,
        _anchor=anchor,
        **more,
    )


def _back(lesson: Lesson, said: str, deleted: int = 0):
    """Answer with the panel alone when a script asks, else lead to its page."""
    if wants_fragment():
        return render_template(
            "learn/panel.html", lesson=_again(lesson), said=said, deleted=deleted
        )
    if said:
        flash(said, "ok")
    return redirect(_url(lesson, "catatan", dihapus=deleted or None), code=303)


def _from_note(course_id: int, item_code: str, said: str, deleted: int = 0):
    """Lead back to where the form stood: the lesson, or the list of all notes."""
    if request.form.get("dari") == "pelajaran":
        course = db.session.get_one(Course, course_id)
        return _back(_lesson(course.code, item_code), said, deleted)
    if said:
        flash(said, "ok")
    return redirect(url_for(".index", dihapus=deleted or None), code=303)


def _deleted() -> int:
    """Return the note just deleted, whose undo is offered; 0 = none."""
    return request.args.get("dihapus", 0, type=int) % 2**31


def _edit_page(note, text: str, error: str):
    return render_template(
        "learn/note.html",
        action=url_for(".change", note_id=note.id),
        text=text,
        error=error,
        note_id=note.id,
        hidden={},
    )


def _refused(refused: Invalid, lesson: Lesson, anchor: str, text: str, form: str):
    """Show what was written again, and why it could not be kept."""
    place = {"kursus": lesson.place.live.code, "butir": lesson.code}
    page = render_template(
        "learn/note.html",
        action=url_for(".write", **place),
        text=text,
        error=gettext(refused.message) % refused.facts,
        note_id=0,
        hidden={"bagian": anchor, "formulir": form},
    )
    return page, refused.status
