"""Mails about accounts: who sends them, whether any are sent, in which language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lms.jobs import outbox
from lms.web.language import catalogue

from . import preferences


@dataclass(frozen=True)
class Office:
    """The site as the sender of mails.

    base_url  address of the site, without a slash at its end
    is_open   whether mail is set up; a closed office sends nothing
    """

    site: str
    base_url: str
    is_open: bool

    def send(self, to: str | None, subject: str, text: str, key: str, now: datetime):
        """Put a mail into the outbox, once per `key`; nobody without an address."""
        if self.is_open and to:
            body = {"to": to, "subject": f"{self.site}: {subject}", "text": text}
            outbox.put("mail", body, key, now)


def words_for(person_id: int) -> Callable[[str], str]:
    """Return what says a text of ours in the language that this person chose.

    Not in that of the page: a mail is read by somebody else than whoever caused it.
    """
    return catalogue(preferences.of(person_id).language).gettext
