"""What the dashboard should say, worked out from the raw tables in plain Python."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from lms.db import db

TODAY = date(2026, 11, 22)
STATES = {"selesai": "done", "berjalan": "running", "belum": "todo",
          "terlambat": "late"}  # fmt: skip


def rows(table: str) -> list[dict]:
    return [
        dict(r) for r in db.session.execute(text(f"SELECT * FROM {table}")).mappings()
    ]


def day(value) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


@dataclass
class Raw:
    """The tables as lists of dicts. root: path of the units that are counted."""

    root: str
    people: list[dict]
    units: dict[int, dict]
    jobs: dict[int, dict]
    completions: list[dict]
    duties: list[dict]
    begun: set[tuple[int, int]]
    courses: dict[int, str]
    policies: list[dict]

    @classmethod
    def read(cls, root: str = "/1/") -> "Raw":
        return cls(
            root=root,
            people=[p for p in rows("people") if p["is_active"]],
            units={u["id"]: u for u in rows("units")},
            jobs={j["id"]: j for j in rows("jobs")},
            completions=[c for c in rows("completions") if c["state"] == "valid"],
            duties=[d for d in rows("assignment_duties") if d["ended_at"] is None],
            begun={(e["person_id"], e["course_id"]) for e in rows("enrolments")
                   if e["withdrawn_at"] is None},
            courses={c["id"]: c["code"] for c in rows("courses")},
            policies=rows("jp_policies"),
        )  # fmt: skip

    def within(self, asked: dict) -> list[dict]:
        """Return the people in the filters of an address."""
        chosen = self.units[int(asked["unit"])] if asked.get("unit") else None
        found = []
        for person in self.people:
            unit = self.units[person["unit_id"]]
            if not unit["path"].startswith(self.root):
                continue
            if chosen and asked.get("hanya") and unit["id"] != chosen["id"]:
                continue
            if chosen and not unit["path"].startswith(chosen["path"]):
                continue
            job = self.jobs.get(person["job_id"])
            if asked.get("jenis") and (job or {}).get("type") != asked["jenis"]:
                continue
            found.append(person)
        return found

    def target(self, person: dict, year: int, name: str = "target") -> int | None:
        """Return the target: the agency's own policy first, then the youngest."""
        agency = self.units[person["unit_id"]]["agency_id"]
        holding = [
            p for p in self.policies
            if p["asn_status"] == person["asn_status"] and p["from_year"] <= year
            and p["agency_id"] in (None, agency)
        ]  # fmt: skip
        own = [p for p in holding if p["agency_id"]] or holding
        return max(own, key=lambda p: p["from_year"])[name] if own else None

    def jp(self, person: dict, year: int) -> int:
        return sum(c["jp"] for c in self.of(person, year))

    def of(self, person: dict, year: int) -> list[dict]:
        if not hasattr(self, "_of"):
            self._of: dict = {}
            for c in self.completions:
                self._of.setdefault((c["person_id"], c["year"]), []).append(c)
        return self._of.get((person["id"], year), [])

    def state(self, duty: dict) -> str:
        since = day(duty["counts_from"])
        for c in self.done_of(duty):
            if since is None or day(c["finished_on"]) >= since:
                return "done"
        if day(duty["due_on"]) < TODAY:
            return "late"
        is_begun = (duty["person_id"], duty["course_id"]) in self.begun
        return "running" if is_begun else "todo"

    def done_of(self, duty: dict) -> list[dict]:
        if not hasattr(self, "_done"):
            self._done: dict = {}
            for c in self.completions:
                key = c["person_id"], c["course_id"]
                self._done.setdefault(key, []).append(c)
        return self._done.get((duty["person_id"], duty["course_id"]), [])

    def listed(self, asked: dict) -> list[int]:
        """Return the person ids that the list of an address should have, in all."""
        return {"pegawai": self.people_of, "tugas": self.duties_of,
                "selesai": self.finished_of}[asked["isi"]](asked)  # fmt: skip

    def people_of(self, asked: dict) -> list[int]:
        year = int(asked["tahun"])
        found = []
        for person in self.within(asked):
            target, total = self.target(person, year), self.jp(person, year)
            if asked.get("status") not in (None, person["asn_status"]):
                continue
            if "target" in asked and (
                target is None or asked["target"] not in ("ada", str(target))
            ):
                continue
            if "pita" in asked and quarter(total, target) != int(asked["pita"]):
                continue
            found.append(person["id"])
        return found

    def duties_of(self, asked: dict) -> list[int]:
        year = int(asked["tahun"])
        inside = {p["id"] for p in self.within(asked)}
        found = []
        for duty in self.duties:
            state, due = self.state(duty), day(duty["due_on"])
            is_left = year == TODAY.year and due.year < year and state != "done"
            if duty["person_id"] not in inside or not (due.year == year or is_left):
                continue
            if (
                asked.get("kursus", self.courses[duty["course_id"]])
                != (self.courses[duty["course_id"]])
            ):
                continue
            if "keadaan" in asked and STATES[asked["keadaan"]] != state:
                continue
            found.append(duty["person_id"])
        return found

    def finished_of(self, asked: dict) -> list[int]:
        year = int(asked["tahun"])
        return [
            person["id"]
            for person in self.within(asked)
            for c in self.of(person, year)
            if asked.get("kursus", c["course_code"]) == c["course_code"]
            and int(asked.get("bulan", day(c["finished_on"]).month))
            == day(c["finished_on"]).month
        ]


def quarter(total: int, target: int | None) -> int | None:
    if target is None:
        return None
    return 4 if total >= target else total * 4 // target
