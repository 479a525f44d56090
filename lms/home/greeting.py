"""How a person is greeted. Pure."""

from datetime import time

from lms.kernel.i18n import N_

# source  Indonesian usage: pagi to 11, siang to 15, sore to 18.30, then malam
PARTS = (
    (time(3), N_("Selamat malam, %(name)s")),
    (time(11), N_("Selamat pagi, %(name)s")),
    (time(15), N_("Selamat siang, %(name)s")),
    (time(18, 30), N_("Selamat sore, %(name)s")),
)
NIGHT = N_("Selamat malam, %(name)s")


def greeting(at: time) -> str:
    """Return the greeting for a time of day at the reader's place."""
    return next((text for end, text in PARTS if at < end), NIGHT)
