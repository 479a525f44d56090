"""Mails to people about what HR did with their records; no data inside."""

from datetime import datetime

from lms.accounts import letters
from lms.accounts.letters import Office
from lms.accounts.models import Person
from lms.kernel.i18n import N_
from lms.records.models import Completion

SUBJECTS = {
    "koreksi": N_("JP Anda dikoreksi"),
    "cabut": N_("penyelesaian kursus dicabut"),
}


def tell(person: Person, act: str, uid: str, office: Office, now: datetime) -> None:
    """Write that a completion was corrected (koreksi) or revoked (cabut)."""
    to = None if person.is_demo or not person.is_active else person.email
    say = letters.words_for(person.id)
    text = say(TEXT).format(
        name=person.name, site=office.site, base_url=office.base_url
    )
    key = f"amendment:{act}:{uid}:{now:%Y%m%d%H%M%S}"
    office.send(to, say(SUBJECTS[act]), text, key, now)


def tell_again(
    person: Person, completion: Completion, office: Office, now: datetime
) -> None:
    """Write that a course whose completion was revoked may be taken anew."""
    to = None if person.is_demo or not person.is_active else person.email
    say = letters.words_for(person.id)
    text = say(AGAIN).format(
        name=person.name,
        course=completion.course_title,
        url=f"{office.base_url}/kursus/{completion.course_code}",
    )
    key = f"again:{completion.uid}"
    office.send(to, say(N_("kursus dapat Anda ikuti lagi")), text, key, now)


AGAIN = N_("""Halo {name},

pengelola SDM membuka lagi kursus “{course}” untuk Anda. Anda mulai dari awal; bila
selesai, JP dan sertifikat baru terbit. Mulailah di:

{url}
""")
TEXT = N_("""Halo {name},

pengelola SDM mengubah catatan penyelesaian kursus Anda di {site}. Apa yang berubah dan
alasannya dapat Anda baca di:

{base_url}/jp

Bila menurut Anda keliru, hubungi pengelola SDM Anda.
""")
