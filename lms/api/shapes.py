"""What a resource looks like, said once: for answers, validation and OpenAPI. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lms.kernel.errors import BadRequest
from lms.kernel.i18n import N_

UID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
CODE = r"^[a-z0-9-]{1,80}$"
# Python alone would also take weeks, or no separators.
RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
MOST = 500  # rows on one page
USUAL = 100

UNKNOWN = N_("Parameter ini tidak dikenal.")
TWICE = N_("Parameter ini hanya boleh ditulis sekali.")
LIMIT_BAD = N_("Tulis bilangan bulat 1 sampai 500.")
INSTANT_BAD = N_("Tulis saat dengan zona, misalnya 2026-11-22T07:00:00Z.")
CHOICE_BAD = N_("Pilih salah satu nilai yang disebut dokumentasi.")
TEXT_BAD = N_("Nilai ini tidak berbentuk seperti yang disebut dokumentasi.")


class ParametersBad(BadRequest):
    message = N_("Parameter permintaan belum benar; lihat “errors”.")

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__()
        self.fields = fields


@dataclass(frozen=True)
class Field:
    """A value of a resource.

    kind    text, uid, url, integer, boolean, date, instant, score, texts
    about   Indonesian, for the documentation; in N_()
    values  the only ones there are
    """

    name: str
    kind: str
    about: str
    nullable: bool = False
    values: tuple[str, ...] = ()

    def write(self, value: Any) -> Any:
        """Return a column's value as JSON shows it."""
        if value is None:
            return None
        if self.kind == "date":
            return value.isoformat()
        if self.kind == "instant":
            return instant(value)
        if self.kind == "score":
            return value / 100
        if self.kind == "texts":
            return [part for part in value.split(";") if part]
        return value

    def schema(self) -> dict[str, Any]:
        """Return its JSON Schema."""
        shape = dict(_SCHEMAS[self.kind])
        if self.values:
            shape["enum"] = [*self.values, *([None] if self.nullable else [])]
        if self.nullable:
            shape["type"] = [shape["type"], "null"]
        return shape | {"description": self.about}


_SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "uid": {"type": "string", "format": "uuid"},
    "url": {"type": "string", "format": "uri"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "score": {"type": "number", "minimum": 0, "maximum": 100},
    "texts": {"type": "array", "items": {"type": "string"}},
}


@dataclass(frozen=True)
class Parameter:
    """Something a list may be asked for.

    kind     limit, cursor, instant, choice, text
    pattern  that the whole text has to match
    """

    name: str
    kind: str
    about: str
    values: tuple[str, ...] = ()
    pattern: str = ""

    def read(self, text: str) -> Any:
        """Return the value; raises ValueError with what is wrong with it."""
        if self.kind == "limit":
            if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST:
                raise ValueError(LIMIT_BAD)
            return int(text)
        if self.kind == "instant":
            return _read_instant(text)
        if self.kind == "choice" and text not in self.values:
            raise ValueError(CHOICE_BAD)
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise ValueError(TEXT_BAD)
        return text

    def schema(self) -> dict[str, Any]:
        """Return its JSON Schema."""
        if self.kind == "limit":
            return {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        if self.kind == "instant":
            return {"type": "string", "format": "date-time"}
        shape: dict[str, Any] = {"type": "string"}
        if self.values:
            shape["enum"] = list(self.values)
        if self.pattern:
            shape["pattern"] = self.pattern
        return shape


def _read_instant(text: str) -> datetime:
    if not RFC_3339.fullmatch(text):
        raise ValueError(INSTANT_BAD)
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(INSTANT_BAD) from None


LIMIT = Parameter("limit", "limit", N_("Paling banyak sekian baris."))
CURSOR = Parameter(
    "cursor", "cursor", N_("Lanjutan: next_cursor dari jawaban sebelumnya.")
)


@dataclass(frozen=True)
class Resource:
    """A kind of thing that is listed and shown.

    name        plural, as in the address
    path        "/people"; places in braces
    scope       what a token needs
    fields      in the order of the answer
    key         the field that names one in its own address, "" = not shown singly
    parameters  beside limit and cursor
    personal    rows tell something about people
    title, about, order  Indonesian, for the documentation; in N_()
    """

    name: str
    path: str
    scope: str
    title: str
    about: str
    fields: tuple[Field, ...]
    key: str = ""
    parameters: tuple[Parameter, ...] = ()
    personal: bool = False
    order: str = ""

    @property
    def asked(self) -> tuple[Parameter, ...]:
        """Return all parameters of the list."""
        return (LIMIT, CURSOR, *self.parameters)

    def write(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row as JSON shows it: these fields, in this order."""
        return {field.name: field.write(row[field.name]) for field in self.fields}

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of one row."""
        return {
            "type": "object",
            "description": self.about,
            "properties": {field.name: field.schema() for field in self.fields},
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
        }

    def read(self, given: Mapping[str, list[str]]) -> dict[str, Any]:
        """Return the parameters' values, None where absent; limit has a default.

        raises  ParametersBad
        """
        known = {one.name: one for one in self.asked}
        wrong = {name[:80]: UNKNOWN for name in given if name not in known}
        found: dict[str, Any] = dict.fromkeys(known)
        found["limit"] = USUAL
        for name in known.keys() & given.keys():
            try:
                if len(given[name]) > 1:
                    raise ValueError(TWICE)
                found[name] = known[name].read(given[name][0])
            except ValueError as err:
                wrong[name] = str(err)
        if wrong:
            raise ParametersBad(wrong)
        return found


def listed(name: str, title: str, about: str, order: str, **more) -> Resource:
    """Return a resource with a list of its own, whose rows are shown singly by "id"."""
    kept = {"path": f"/{name}", "scope": f"{name}:read", "key": "id"}
    return Resource(name=name, title=title, about=about, order=order, **kept, **more)


def instant(when: datetime) -> str:
    """Write an instant: 2026-11-22T07:00:00.123456Z."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
