"""The first agency and the first administrator of an empty installation."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import people, roles, units
from .import_values import EMAIL
from .models import Agency, Person, Unit


class FoundingBad(Invalid):
    message = N_("%(what)s belum benar: “%(value)s”.")


def first_administrator(  # noqa: PLR0917  (one question of `lms init` each)
    session, name: str, email: str, agency: str, code: str, zone: str, now: datetime
) -> Person:
    """Return the administrator of the agency; makes what is missing of both.

    code    kodeCepat of SIASN: four digits
    zone    IANA name, e.g. Asia/Jakarta
    raises  FoundingBad  a value that cannot be stored
    """
    name, email, agency = one_line(name), email.strip().lower(), one_line(agency)
    code = code.strip()
    for what, value, is_good in (
        (N_("Nama"), name, 0 < len(name) <= 160 and not has_hidden(name)),
        (N_("Surel"), email, len(email) <= 254 and EMAIL.fullmatch(email)),
        (N_("Nama instansi"), agency, 0 < len(agency) <= 255),
        (
            N_("Kode instansi"),
            code,
            len(code) == 4 and code.isascii() and code.isdigit(),
        ),
        (N_("Zona waktu"), zone, zone in available_timezones()),
    ):
        if not is_good:
            raise FoundingBad(what=what, value=value)
    today = now.astimezone(ZoneInfo(zone)).date()
    found = session.scalar(select(Agency).where(Agency.code == code))
    if found is None:
        found = units.make_agency(code, agency, agency, today, timezone=zone)
    root = session.get_one(Unit, found.unit_id)
    person = session.scalar(select(Person).where(Person.email == email))
    if person is None:
        # Status and NIP come with the HR file, which finds the person by e-mail.
        person = people.add(
            root,
            name,
            today=today,
            now=now,
            email=email,
            asn_status="NON_ASN",
            id_kind="LAIN",
        )
    roles.grant(person, "admin", root, today=today, now=now)
    return person
