"""Smaller answers for weak networks."""

from flask import Flask
from flask_compress import Compress


def init_app(app: Flask) -> None:
    # Pages that show a token next to typed text would invite BREACH; ours mask the
    # token anew in every page (Flask-WTF), so they may be compressed.
    app.config.update(
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=3,  # level 4 takes twice the time for 4 % less
        COMPRESS_MIN_SIZE=1000,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "image/svg+xml",
        ],
        COMPRESS_STREAMS=False,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # views with a tag do so
    )
    Compress(app)
