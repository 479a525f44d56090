"""Self-paced learning for ASN. Start reading here, then in any feature folder."""

import os
from pathlib import Path

from flask import Flask

from . import web
from .config import Config
from .db import db, tune

# Order is the dependency order: a feature may import only those before it.
FEATURES = (
    "audit",
    "jobs",
    "accounts",
    "catalog",
    "records",
    "uploads",
    "learn",
    "quiz",
    "simulations",
    "tasks",
    "feedback",
    "competency",
    "assignments",
    "home",
    "team",
    "hr",
    "author",
    "admin",
    "api",
)
DEMO_CONTACT = "bantuan@contoh.go.id"


class Site(Flask):
    """Flask without asking of every hook, at every request, whether it is async."""

    def ensure_sync(self, func):
        return func


def create_app(**overrides: object) -> Flask:
    """Build the application. `overrides` are config keys; tests use them."""
    app = Site(__name__, static_folder=None)
    app.config.from_object(Config)
    app.config.from_prefixed_env("LMS")
    app.config.update(overrides)
    app.config["SECRET_KEY"] = _secret_key(app)
    if app.config["DEMO"] and not app.config["HELP_CONTACT"]:
        app.config["HELP_CONTACT"] = DEMO_CONTACT
    app.config["SQLALCHEMY_DATABASE_URI"] = _database(app)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(app)

    db.init_app(app)
    with app.app_context():
        tune(db.engine)
    web.init_app(app, features=FEATURES)
    return app


def _secret_key(app: Flask) -> str:
    """Return the configured key, or the one `lms init` wrote."""
    key = app.config["SECRET_KEY"]
    path = Path(app.config["INSTANCE_DIR"]) / "secret_key"
    if not key and path.exists():
        key = path.read_text("ascii").strip()
    if len(key) < 32 and not app.config.get("TESTING"):
        raise RuntimeError(
            "Kunci rahasia belum ada. Jalankan `lms init`, atau isi LMS_SECRET_KEY"
            " dengan paling sedikit 32 karakter acak."
        )
    return key


def _database(app: Flask) -> str:
    url = app.config["DATABASE_URL"] or os.environ.get("DATABASE_URL", "")
    if not url:
        path = Path(app.config["INSTANCE_DIR"]).resolve() / "kelas.sqlite3"
        if not path.exists():  # SQLite would let everybody on the machine read it
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
        return f"sqlite:///{path}"
    return url.replace("postgres://", "postgresql://", 1)


def _engine_options(app: Flask) -> dict[str, object]:
    discreet = {"hide_parameters": True}  # errors go into the log, people must not
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return {"pool_size": 8, "max_overflow": 4, "pool_timeout": 5,
                "pool_pre_ping": True} | discreet  # fmt: skip
    try:
        # Many Pythons carry an SQLite with the WAL-reset bug; this wheel does not.
        import pysqlite3
    except ImportError:
        return discreet
    return {"module": pysqlite3.dbapi2} | discreet
