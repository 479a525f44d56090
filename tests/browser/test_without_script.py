"""The main job in a browser that runs no scripts."""

import re

from playwright.sync_api import expect

from . import journey, steps


def test_lesson_and_quiz_work_without_scripts(look, open_page):
    page = open_page(look, None, java_script_enabled=False)
    steps.sign_in(page, "rani@contoh.go.id")
    steps.enrol(page)
    first = page.url.rpartition("/")[2]
    steps.do_lesson(page, look.app, first)

    page.goto(f"/kursus/{journey.COURSE}/{journey.QUIZ}")
    page.get_by_role("button", name="Mulai kuis").click()
    steps.pass_quiz(page, look.app, saves_at_once=False)

    page.get_by_role("link", name="Kembali ke kursus").click()
    expect(page.get_by_text("2 dari 6 butir selesai")).to_be_visible()


def test_a_simulation_works_without_scripts(look, open_page):
    page = open_page(look, "hendra", java_script_enabled=False)
    journey.enrol(look.app, "hendra")
    page.goto(f"/kursus/{journey.COURSE}/{journey.SIMULATION}")
    page.get_by_role("button", name="Mulai simulasi").click()
    for number, words in enumerate(
        ("Mendengarkan sampai", "Meminta izin", "Halaman kedua", "Menawarkan dua",
         "Menolak dengan sopan", "Mencatat waktu"), 1
    ):  # fmt: skip
        expect(page).to_have_title(re.compile(f"^Langkah {number}, "))
        page.get_by_role("main").get_by_role("button", name=words).click()

    expect(page.get_by_role("heading", name="Nilai Anda 100")).to_be_visible()
    expect(page.get_by_text("Akhir yang baik")).to_be_visible()


def test_menus_and_errors_work_without_scripts(look, open_page):
    page = open_page(look, "agus", java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Akun Agus Pranoto").click()
    page.get_by_role("link", name="Akun saya").click()
    page.get_by_role("main").get_by_role("link", name="Kata sandi").click()
    page.get_by_label("Kata sandi sekarang").fill("salah")
    page.get_by_role("button", name="Ganti kata sandi").click()

    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Akun Agus Pranoto").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
