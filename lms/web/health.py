"""Is the process alive, and may it be given work?"""

from datetime import datetime

from flask import Blueprint, Flask
from sqlalchemy import String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, db, reading
from lms.db.schema import is_current
from lms.kernel import clock

from .access import public

bp = Blueprint("health", __name__)


class Heartbeat(Base):
    """One row that readiness writes: a database that only reads is not ready."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/healthz")
@public
def alive():
    """Answer as soon as the process can."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def ready():
    """Write a row; say whether the database is there, writable and migrated."""
    reading.set(False)  # the one GET that writes, on purpose
    try:
        row = db.session.get(Heartbeat, "ready")
        if row is None:
            db.session.add(Heartbeat(name="ready", at=clock.now()))
        else:
            row.at = clock.now()
        db.session.commit()
        current = is_current(db.session.connection())
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "database"}, 503
    if not current:
        return {"status": "migration"}, 503
    return {"status": "ok"}
