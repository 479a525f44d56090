"""Pieces of pages that are kept: by their values, and for the language."""

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
