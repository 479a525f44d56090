"""Pieces of pages that are kept: by their values, and for the language."""

import re

from flask import render_template_string
from markupsafe import Markup

SOURCE = "{% macro piece(t) %}<b>{{ t }}</b>{% endmacro %}{{ once(piece, text) }}"


def draw(app, text, **headers):
    with app.test_request_context("/", headers=headers):
        return render_template_string(SOURCE, text=text)


def test_a_kept_piece_escapes_what_is_put_into_it(app):
    assert draw(app, "<i>") == "<b>&lt;i&gt;</b>"
    assert draw(app, Markup("<i>")) == "<b><i></b>"
    assert draw(app, "<i>") == "<b>&lt;i&gt;</b>"


def test_markup_and_text_that_look_alike_are_not_mixed_up_in_one_template(app):
    both = "{% macro m(t) %}{{ t }}{% endmacro %}{{ once(m, a) }} {{ once(m, b) }}"
    with app.test_request_context("/"):
        said = render_template_string(both, a=Markup("<i>"), b="<i>")
    assert said == "<i> &lt;i&gt;"


def test_a_kept_piece_is_kept_for_each_language(app):
    say = "{% macro m() %}{{ _('Masuk') }}{% endmacro %}"
    template = app.jinja_env.from_string(say + "{{ once(module.m) }}")
    module = app.jinja_env.from_string(say).module
    said = []
    for cookie in ("", "bahasa=en", ""):
        with app.test_request_context("/", headers={"Cookie": cookie}):
            app.preprocess_request()
            said.append(template.render(module=module))
    assert said == ["Masuk", "Sign in", "Masuk"]


def token_of(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"\0]+)"', page)[1]


def test_a_kept_sign_in_page_has_each_strangers_own_token(app):
    pages = [app.test_client().get("/masuk").text for _ in range(2)]

    assert len({token_of(page) for page in pages}) == 2
    assert all("\0" not in page for page in pages)


def test_a_kept_sign_in_page_follows_language_looks_and_address(app):
    def page(cookies="", address="/masuk"):
        headers = {"Cookie": cookies} if cookies else {}
        return app.test_client(use_cookies=False).get(address, headers=headers).text

    plain = page()

    assert 'lang="en"' in page("bahasa=en")
    assert 'data-theme="dark"' in page("tampilan=dark-100-0")
    assert 'value="/masuk?lanjut=/jp"' in page(address="/masuk?lanjut=/jp")
    assert 'lang="id"' in plain
    assert 'data-theme="system"' in plain
    assert 'value="/masuk"' in plain


def test_a_notice_is_said_once_on_a_page_that_is_kept(app):
    stranger = app.test_client()
    stranger.get("/jp")

    assert "Masuk dahulu untuk membuka" in stranger.get("/masuk").text
    assert "Masuk dahulu untuk membuka" not in stranger.get("/masuk").text
