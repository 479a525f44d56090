"""Each template says what it needs, and needs what it says."""

import re
from pathlib import Path

import pytest
from jinja2 import meta, nodes

import lms
from tests.conftest import make_app

ROOT = Path(lms.__file__).parent
PAGES = sorted(p for p in ROOT.rglob("templates/**/*.html") if p.name[0] != "_")
FREE = {"current_user", "request", "g", "session", "config", "url_for"}


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    folder = tmp_path_factory.mktemp("instance")
    return make_app(INSTANCE_DIR=str(folder)).jinja_env


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_needs_line_is_true(env, path):
    source = path.read_text("utf-8")
    line = re.search(r"Needs: (.+?)\.\s*#\}", source, re.DOTALL)
    assert line, "start with {# Needs: name (type), ... . #} or {# Needs: nothing. #}"
    stated = set(re.findall(r"(?:^|\),\s+)(\w+) \(", line[1]))

    tree = env.parse(source)
    used = meta.find_undeclared_variables(tree)
    used -= {*env.globals, *FREE}
    used -= {name for node in tree.find_all(nodes.FromImport) for name in node.names}
    # A name that the template sets at its top is visible in its blocks.
    used -= {
        name.name
        for node in tree.find_all(nodes.Assign)
        for name in node.find_all(nodes.Name)
        if name.ctx == "store"
    }

    assert stated == used


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline style", r"\sstyle\s*="),
        ("inline handler", r"\son[a-z]+\s*="),
        ("script with a body", r"<script(?![^>]*\ssrc=)"),
        ("unsafe filter", r"\|\s*safe\b"),
        ("address of another host", r"(?:src|href)=\"https?:"),
    ],
)
def test_no_template_holds(what, pattern):
    guilty = [
        str(p.relative_to(ROOT))
        for p in ROOT.rglob("templates/**/*.html")
        if re.search(pattern, p.read_text("utf-8"))
    ]
    assert guilty == [], what


def test_every_post_form_holds_the_csrf_token():
    bare = []
    for path in ROOT.rglob("templates/**/*.html"):
        for form in re.findall(r"<form.*?</form>", path.read_text("utf-8"), re.DOTALL):
            has_token = re.search(r"csrf|hidden_tag", form)
            if 'method="post"' in form and not has_token:
                bare.append(f"{path.relative_to(ROOT)}: {form[:60]}")
    assert bare == []


def test_what_stands_in_a_navigation_is_marked_in_the_one_above():
    from lms.web import access

    text = (ROOT / "templates" / "_staff.html").read_text("utf-8")
    apart = []
    for macro, right in (("office", "hr"), ("admin", "admin"),
                         ("teaching", "instructor"), ("team", "superior")):  # fmt: skip
        part = text.partition(f"macro {macro}_nav")[2].partition("endmacro")[0]
        for blueprint in re.findall(r'\("(\w+)\.\w+", ', part):
            rights = access.SHARED.get(blueprint, (access.SECTIONS.get(blueprint),))
            apart += [(macro, blueprint)] if right not in rights else []
    assert apart == []
