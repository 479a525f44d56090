"""The first page after signing in: /."""

from flask import Blueprint, render_template
from flask_login import current_user

from lms.kernel import clock
from lms.learn import progress
from lms.records import jp
from lms.records import queries as records
from lms.web.formats import local

from .greeting import greeting

bp = Blueprint("home", __name__)


@bp.get("/")
def index():
    """Say where one was, what is running, and how many JP the year has brought."""
    now = clock.now()
    running = progress.running(current_user.id)
    year = jp.year_of(now, current_user.timezone)
    return render_template(
        "home/index.html",
        greeting=greeting(local(now).time()),
        resume=next((r for r in running if r.outline.next_row), None),
        running=running,
        standing=records.jp_standing(current_user.id, year),
    )
