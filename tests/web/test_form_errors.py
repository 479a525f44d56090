"""A form that came back says so in the title, before anything else is read."""

import pytest

from tests.publishing import publish_samples

NOTE = "/kursus/contoh-mini/surat/catatan"


@pytest.fixture
def reader(app, db, sign_in):
    publish_samples(app)
    rani = sign_in("rani")
    rani.post("/kursus/contoh-mini/ikuti")
    return rani


def title(answer) -> str:
    return answer.text.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/akun/sandi", {}),
        ("/akun/surel", {"surel": "bukan surel"}),
        ("/akun/tampilan", {"huruf": "200"}),
        ("/akun/data-diri/nama", {}),
        (NOTE, {"teks": "a" * 5001}),
    ],
)
def test_the_title_of_a_refused_form_begins_with_the_error(reader, address, form):
    answer = reader.post(address, data=form)

    assert answer.status_code == 422
    assert title(answer).startswith("Galat: ")
    if address != NOTE:
        assert not title(reader.get(address)).startswith("Galat")


def test_the_officer_hears_of_it_as_well(app, db, sign_in):
    publish_samples(app)

    answer = sign_in("siti").post("/sdm/ekspor", data={"format": "pdf"})

    assert answer.status_code == 422
    assert title(answer).startswith("Galat: ")


@pytest.mark.parametrize("form", [{}, {"akun": "rani@contoh.go.id", "sandi": "salah"}])
def test_so_does_a_stranger_who_signs_in(sign_in, db, form):
    answer = sign_in(None).post("/masuk", data=form)

    assert answer.status_code == 422
    assert title(answer).startswith("Galat: ")


def test_so_does_who_asks_for_a_link_without_a_name(app, sign_in, db, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")

    answer = sign_in(None).post("/lupa-sandi", data={})

    assert answer.status_code == 422
    assert title(answer).startswith("Galat: ")


def test_so_does_who_sets_a_password_by_a_link(app, sign_in, db, clock):
    from lms.accounts import links

    with app.app_context():
        token = links.make(4, "reset", clock.now())
        db.session.commit()

    answer = sign_in(None).post(f"/akun/tautan/{token}", data={"sandi": "pendek"})

    assert answer.status_code == 422
    assert title(answer).startswith("Galat: ")
