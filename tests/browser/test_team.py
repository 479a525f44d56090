"""A superior's two minutes: on a small phone, without scripts, by keyboard."""

from playwright.sync_api import expect


def test_three_taps_encourage_somebody_and_it_is_read_without_scripts(
    look, places, open_page
):
    page = open_page(look, "siti", java_script_enabled=False)
    rani = open_page(look, "rani", java_script_enabled=False)
    assert places["yohanes"]
    page.goto("/tim")
    expect(page.get_by_text("Halaman ini untuk atasan")).to_be_visible()

    page = open_page(look, "yohanes", java_script_enabled=False)
    page.goto("/tim")
    page.get_by_role("link", name="Rani Kusumawardhani", exact=True).click()
    page.get_by_text("Terima kasih atas kesungguhan Anda belajar.").click()
    page.get_by_role("button", name="Kirim pesan").click()

    expect(page.get_by_text("Pesan terkirim.")).to_be_visible()
    rani.goto("/")
    message = rani.get_by_role("listitem").filter(has_text="Terima kasih atas")
    expect(message).to_contain_text("Yohanes Tambing")
    message.get_by_role("button", name="Tandai sudah dibaca").click()
    expect(rani.get_by_text("Pesan ditandai sudah dibaca.")).to_be_visible()
    expect(message).to_have_count(0)


def test_no_page_is_wider_than_the_smallest_phone(look, places, open_page):
    page = open_page(look, "yohanes")
    page.set_viewport_size({"width": 320, "height": 640})
    for address in places["yohanes"]:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, (address, wide)


def test_the_first_card_is_reached_and_acted_on_by_keyboard(look, places, open_page):
    page = open_page(look, "yohanes", "desk")
    assert places["yohanes"]
    page.goto("/tim")
    page.locator("main").focus()

    surveys = page.locator("main a[href*='/survei/']").count()
    for _ in range(surveys + 1):  # what is asked of the superior stands first
        page.keyboard.press("Tab")

    name = page.evaluate("document.activeElement.textContent")
    assert name == "Hendra Saputra"  # who is late
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hendra Saputra", level=1)).to_be_visible()


def test_paper_holds_the_team_and_no_buttons(look, places, open_page):
    page = open_page(look, "yohanes", "desk")
    assert places["yohanes"]
    page.goto("/tim/daftar")

    page.emulate_media(media="print")

    expect(page.get_by_role("row").filter(has_text="Rani")).to_be_visible()
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()
    expect(page.locator(".subnav")).to_be_hidden()
