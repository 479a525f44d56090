"""The application for any WSGI server: `wsgi:app`."""

from lms import create_app

app = create_app()
