"""The author's manual: /tulis/panduan."""

from flask import Blueprint, render_template

from lms.web.access import roles as only_roles

from . import manual

bp = Blueprint("manual", __name__, url_prefix="/tulis/panduan")


@bp.get("")
@only_roles("instructor")
def index():
    """List the chapters."""
    return render_template("author/manual/index.html", chapters=manual.CHAPTERS)


@bp.get("/<bab>")
@only_roles("instructor")
def chapter(bab: str):
    """Show one chapter."""
    place = manual.find(bab)
    return render_template(
        f"author/manual/{place.chapter.name}.html", place=place, manual=manual
    )
