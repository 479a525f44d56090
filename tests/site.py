"""The product as people use it: the cast with a password, and the real course."""

from pathlib import Path

from lms.db import db as database
from lms.db import schema
from lms.kernel import clock

from .cast import add_cast
from .conftest import make_app

CONTENT = Path(__file__).parents[1] / "content"
PASSWORD = "jendela-pagi-42"


def make_site(folder, database_url: str, **settings):
    """Fill a database with the cast, their password and the course; return the app."""
    from lms.accounts import passwords
    from lms.accounts.models import Credential
    from lms.catalog import courses, publishing
    from lms.records import seeds

    app = make_app(
        INSTANCE_DIR=str(folder),
        DATABASE_URL=database_url,
        CONTENT_DIR=str(CONTENT),
        WTF_CSRF_ENABLED=True,
        TESTING=False,
        SECRET_KEY="peramban-" * 5,
        **settings,
    )
    courses.forget()  # what this process remembers of another database
    with app.app_context():
        schema.upgrade()
        seeds.load(database.session)
        add_cast(database.session, clock.now())
        hashed = passwords.make(PASSWORD)
        for credential in database.session.query(Credential):
            credential.password_hash = hashed
        database.session.commit()
        publishing.publish_all(CONTENT, clock.now())
        database.session.commit()
        database.session.remove()
    return app
