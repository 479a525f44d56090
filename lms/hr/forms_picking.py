"""Fields in which a unit or job titles are chosen, however many there are.

A short list is a list. Of many, words are typed into "<name>-cari", and what they find
is offered to choose from, at once with scripts, else by sending the form.
"<name>-dari" holds the words that what is offered was found by: when others have been
typed since, those count and not what is still chosen.
"""

from collections.abc import Callable

from flask_wtf import FlaskForm
from sqlalchemy import Select
from wtforms import Field, StringField, ValidationError
from wtforms.widgets import TextInput

from lms.accounts import choosing, unit_names
from lms.accounts.models import Unit
from lms.db import db
from lms.kernel.i18n import N_
from lms.kernel.text import one_line

from . import picking

FEW = 40  # units in a list
LONGEST = 100  # letters of a search
TITLES = 20  # of one assignment

SEVERAL = N_("Ada beberapa yang cocok. Pilih salah satu di bawah ini.")
MANY = N_("Terlalu banyak yang cocok; lengkapi namanya, atau pilih di bawah.")

Offer = tuple[str, str, str]  # key, label, what else helps to tell them apart


def _stop_if_unclear(_form, field) -> None:
    if field.problem:
        raise ValidationError(field.problem)


class _Searched:
    """What both fields read besides the chosen: the words, and whether they are new."""

    words = ""
    is_new = False
    problem = ""
    offers: tuple[Offer, ...] = ()

    def read_words(self, formdata) -> bool:
        """Read the words; return whether there is a place to type them."""
        typed = formdata.get(f"{self.name}-cari") if formdata else None
        if typed is None:
            return False
        self.words = one_line(typed)[:LONGEST]
        self.is_new = self.words != one_line(formdata.get(f"{self.name}-dari", ""))
        return True


class UnitField(_Searched, StringField):
    """One unit; `data` is its number as text, "" = none. `fill` it before validating.

    choices   key and label of a short list, else none
    is_wanted  none is no answer
    has_any  there are units to choose from
    """

    _unit_id: int | None = None
    has_any = False
    choices: tuple[tuple[str, str], ...] = ()

    def __init__(self, label: str, is_wanted: bool = True, **more):
        super().__init__(label, validators=[_stop_if_unclear], **more)
        self.is_wanted = is_wanted

    def process(self, formdata, *args, **kwargs):
        super().process(formdata, *args, **kwargs)
        self.data = self.data or ""
        if self.read_words(formdata) and (self.is_new or not self.words):
            self.data = ""

    @property
    def unit(self) -> Unit | None:
        """Return the chosen one; read anew when a transaction has ended meanwhile."""
        return None if self._unit_id is None else db.session.get(Unit, self._unit_id)

    @property
    def address(self) -> dict[str, str]:
        """Return what is chosen, or else was typed, as it stands in an address."""
        if self.data:
            return {self.name: self.data}
        return {f"{self.name}-cari": self.words} if self.words else {}

    def fill(self, among: Select[tuple[Unit]]) -> None:
        """Find the unit among these, and what to offer."""
        few = list(db.session.scalars(among.order_by(Unit.path).limit(FEW + 1)))
        self.has_any = bool(few)
        if len(few) <= FEW:
            self.choices = _listed(unit_names.in_tree_order(few))
        if self.data:
            self._choose(choosing.unit(among, "", self.data).row)
            if self._unit_id is None:
                self.data, self.problem = "", N_("Pilih salah satu dari daftar.")
        elif self.words:
            self._search(among)
        elif self.is_wanted and not self.choices:
            self.problem = N_("Pilih unit kerjanya.")
        elif self.is_wanted:
            self.problem = N_("Pilih salah satu dari daftar.")
        if self.unit is not None:
            self.offers = (picking.unit_told(self.unit),)
            self.words = self.words or self.unit.name

    def _choose(self, found: Unit | None) -> None:
        self._unit_id = found.id if found else None

    def _search(self, among) -> None:
        found = choosing.unit(among, self.words)
        if found.row is not None:
            self._choose(found.row)
            self.data = str(found.row.id)
        elif found.offers:
            self.offers = tuple(picking.units_told(found.offers))
            self.problem = MANY if found.is_cut else SEVERAL
        else:
            self.problem = picking.NO_UNIT


class _Filter(FlaskForm):
    """The unit alone, in an address or among what else a search says."""

    class Meta:
        csrf = False  # the site checks every POST

    unit = UnitField(N_("Unit kerja"), is_wanted=False, name="unit")


def unit_filter(values, among: Select[tuple[Unit]]) -> UnitField:
    """Return the unit that values of a page narrow it to; none is all of these."""
    form = _Filter(values)
    form.unit.fill(among)
    form.validate()
    return form.unit


def _listed(units: list[Unit]) -> tuple[tuple[str, str], ...]:
    """Return key and label of units in tree order; twins say what they stand in."""
    names = [unit.name.casefold() for unit in units]
    ways = unit_names.above(units)
    top = min((unit.path.count("/") for unit in units), default=0)
    return tuple(
        (
            str(unit.id),
            "– " * (unit.path.count("/") - top)
            + unit.name
            + (f" ({ways[unit.id]})" if names.count(unit.name.casefold()) > 1 else ""),
        )
        for unit in units
    )


# Of some words the titles to offer, and whether more are left out.
Search = Callable[[str], tuple[list[Offer], bool]]


class TitlesField(_Searched, Field):
    """Job titles, any number; `data` is a list of them. `fill` it before validating."""

    widget = TextInput()

    def __init__(self, label: str, **more):
        super().__init__(label, validators=[_stop_if_unclear], **more)

    def process(self, formdata, *args, **kwargs):
        super().process(formdata, *args, **kwargs)
        sent = formdata.getlist(self.name) if formdata else []
        self.data = list(dict.fromkeys(one_line(title) for title in sent))
        self.read_words(formdata)

    def fill(self, search: Search, known: Callable[[list[str]], set[str]]) -> None:
        """Say what the words find.

        known  of some titles those that may be chosen
        """
        if len(self.data) > TITLES:
            self.problem = N_("Paling banyak 20 jabatan dalam satu penugasan.")
            self.data = self.data[:TITLES]
        if set(self.data) - known(self.data):
            self.problem = N_("Pilih jabatan dari yang ditawarkan.")
            self.data = []
        if not self.words or (self.data and not self.is_new):
            return
        found, is_cut = search(self.words)
        whole = [o for o in found if o[0].casefold() == self.words.casefold()]
        found, is_cut = (whole, False) if whole else (found, is_cut)
        fresh = [offer for offer in found if offer[0] not in self.data]
        if len(found) == 1 and not is_cut:
            self.data += [offer[0] for offer in fresh]
            return
        self.offers = tuple(fresh)
        self.problem = (
            N_("Centang jabatan yang dimaksud, atau kosongkan pencariannya.")
            if found
            else N_("Tidak ada jabatan dengan kata itu di antara unit Anda.")
        )
