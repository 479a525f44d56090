"""jabatan.yml goes into the database: whole, once, and never silently over an edit."""

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Job
from lms.audit.models import AuditEntry
from lms.catalog import competencies, families, publishing
from lms.catalog.cli import content
from lms.competency import standards
from lms.competency.models import JobFamily, JobLevel, Requirement
from lms.db import db as _db

from .conftest import CONTENT


@pytest.fixture
def folder(tmp_path, app, db):
    """A content folder of one's own with both files and no course."""
    for name in ("kompetensi.yml", "jabatan.yml"):
        (tmp_path / name).write_bytes((CONTENT / name).read_bytes())
    with app.app_context():
        yield tmp_path


def change(folder, old: str, new: str) -> None:
    path = folder / "jabatan.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def load(folder, clock) -> bool:
    is_changed = standards.load(folder, clock.now())
    _db.session.commit()
    return is_changed


def entries(action: str) -> list[AuditEntry]:
    return list(_db.session.scalars(select(AuditEntry).filter_by(action=action)))


def level_of(family: str, code: str, job_level: str = "") -> int | None:
    return _db.session.scalar(
        select(Requirement.level).filter_by(
            family=family, competency=code, job_level=job_level
        )
    )


def test_levels_families_and_requirements_are_loaded(folder, clock):
    assert load(folder, clock)

    level = _db.session.get_one(JobLevel, "jf-ahli-muda")
    assert (level.core_level, level.type, level.is_sure) == (3, "fungsional", True)
    assert not _db.session.get_one(JobLevel, "jpt-madya").is_sure
    assert level_of("petugas-loket", "PPB") == 2
    assert level_of("petugas-loket", "PPB", "jf-ahli-madya") == 4
    assert competencies.levels("PPB")[1].startswith("Melayani")
    assert families.names()["layanan-kesehatan"] == "Layanan kesehatan"
    (entry,) = entries(standards.ACTION)
    assert entry.facts["replaced"] == []
    assert "PermenPANRB" in entry.facts["source"]


def test_the_same_file_again_changes_and_notes_nothing(folder, clock):
    load(folder, clock)

    assert not load(folder, clock)
    assert len(entries(standards.ACTION)) == 1


def test_an_edit_in_the_database_stays_until_the_file_changes(folder, clock):
    load(folder, clock)
    _db.session.get_one(JobLevel, "pengawas").core_level = 3
    _db.session.commit()

    load(folder, clock)
    assert _db.session.get_one(JobLevel, "pengawas").core_level == 3

    change(folder, "nama: Pengawas", "nama: Pejabat Pengawas")
    load(folder, clock)
    row = _db.session.get_one(JobLevel, "pengawas")
    assert (row.name, row.core_level) == ("Pejabat Pengawas", 2)
    assert entries(standards.ACTION)[-1].facts["replaced"] == [
        ["jenjang pengawas: name", "Pengawas", "Pejabat Pengawas"],
        ["jenjang pengawas: core_level", 3, 2],
    ]


def test_what_the_file_no_longer_asks_goes_and_is_noted(folder, clock):
    load(folder, clock)
    change(folder, "          jf-ahli-madya: 4\n", "")
    load(folder, clock)

    assert level_of("petugas-loket", "PPB", "jf-ahli-madya") is None
    assert entries(standards.ACTION)[-1].facts["replaced"] == [
        ["syarat petugas-loket jf-ahli-madya PPB", 4, None]
    ]


def test_families_that_the_file_does_not_name_are_left_alone(folder, clock):
    load(folder, clock)
    _db.session.add(JobFamily(code="pemadam", name="Pemadam kebakaran"))
    _db.session.flush()
    _db.session.add(Requirement(family="pemadam", competency="PPB", level=3))
    _db.session.commit()

    change(folder, "versi: 1", "versi: 2")
    load(folder, clock)

    assert level_of("pemadam", "PPB") == 3
    assert "pemadam" in families.names()


@pytest.mark.parametrize("file", ["jabatan.yml", "kompetensi.yml"])
def test_a_file_with_a_mistake_changes_nothing(folder, clock, file):
    load(folder, clock)
    change(folder, "nama: Pengawas", "nama: Lain")
    path = folder / file
    path.write_text(path.read_text("utf-8") + "salah: ya\n", "utf-8")

    assert not load(folder, clock)
    assert _db.session.get_one(JobLevel, "pengawas").name == "Pengawas"


def test_a_folder_without_the_file_is_fine(tmp_path, app, db, clock):
    with app.app_context():
        assert not load(tmp_path, clock)


def test_publishing_loads_the_standards_also_without_a_changed_course(folder, clock):
    report = publishing.publish_all(folder, clock.now())

    assert report.is_ok
    assert _db.session.scalar(select(func.count()).select_from(JobLevel)) == 14


def test_jobs_without_a_family_get_the_only_one_that_names_their_title(folder, clock):
    for title, family in (
        ("Analis SDM Aparatur", ""),
        ("PERAWAT Ahli Muda", ""),
        ("Perawatan Gedung", ""),
        ("Pengolah Data dan Informasi", ""),  # two families name it
        ("Auditor", "kepegawaian"),  # HR has decided
    ):
        _db.session.add(Job(title=title, type="fungsional", family=family))
    _db.session.commit()
    load(folder, clock)

    found = dict(_db.session.execute(select(Job.title, Job.family)).all())
    assert found["Analis SDM Aparatur"] == "kepegawaian"
    assert found["PERAWAT Ahli Muda"] == "layanan-kesehatan"
    assert found["Perawatan Gedung"] == found["Pengolah Data dan Informasi"] == ""
    assert found["Auditor"] == "kepegawaian"
    (entry,) = entries("competency.jobs_placed")
    assert sorted(entry.facts["jobs"].values()) == ["kepegawaian", "layanan-kesehatan"]
    load(folder, clock)
    assert len(entries("competency.jobs_placed")) == 1


def test_the_check_command_names_mistakes_in_the_file(app, folder):
    change(folder, "kode: pengawas", "kode: Pengawas")

    done = app.test_cli_runner().invoke(content, ["check", str(folder)])

    assert done.exit_code == 1
    assert "content/jabatan.yml:29:11: galat A133" in done.output
