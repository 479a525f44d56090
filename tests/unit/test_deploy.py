"""What deploy/ says exists: settings, commands, files; and its values are read."""

import re
import runpy
from pathlib import Path

import pytest
from flask import Flask

from lms.cli import main
from lms.config import Config

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
TEXTS = {path.relative_to(DEPLOY).as_posix(): path.read_text("utf-8") for path in FILES}
SETTINGS = {name for name in vars(Config) if name.isupper()}


def test_there_is_something_to_look_at():
    assert {"README.md", "gunicorn.conf.py", "kelas.env.contoh"} <= TEXTS.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_every_setting_exists(name):
    assert set(re.findall(r"\bLMS_([A-Z_]+)\b", TEXTS[name])) <= SETTINGS


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_exists(name):
    for words in re.findall(r"\blms ([a-z]+(?: [a-z]+)?)", TEXTS[name]):
        first, *rest = words.split()
        command = main.get_command(None, first)
        assert command is not None, words
        if rest and hasattr(command, "commands"):
            assert rest[0] in command.commands, words


def test_the_example_is_read_as_the_settings_are_meant(monkeypatch):
    rows = re.findall(r"^(LMS_\w+)=(.*)$", TEXTS["kelas.env.contoh"], re.MULTILINE)
    for name, value in rows:
        monkeypatch.setenv(name, value.strip('"'))
    app = Flask("contoh")
    app.config.from_object(Config)

    app.config.from_prefixed_env("LMS")

    wrong = [
        name
        for name in SETTINGS
        if type(app.config[name]) is not type(getattr(Config, name))
    ]
    assert wrong == []
    assert (app.config["TLS"], app.config["DEMO"]) == (True, False)
    assert app.config["TRUSTED_PROXIES"] == 1


def test_units_and_the_page_speak_of_files_that_are_there():
    for name, text in TEXTS.items():
        for path in re.findall(r"/opt/kelas/(deploy/[\w./-]+)", text):
            assert (DEPLOY.parent / path).is_file(), (name, path)


def test_nginx_and_gunicorn_meet_at_one_socket(monkeypatch):
    monkeypatch.delenv("KELAS_BIND", raising=False)
    settings = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))

    assert settings["worker_class"] == "gthread"
    assert f"server {settings['bind']} " in TEXTS["nginx/kelas.conf"]
    assert "RuntimeDirectory=kelas" in TEXTS["systemd/kelas-web.service"]


def test_exactly_one_proxy_is_trusted_and_it_says_who_asks():
    nginx = TEXTS["nginx/kelas.conf"]

    assert "X-Forwarded-For $remote_addr;" in nginx
    assert "proxy_add_x_forwarded_for" not in nginx
    assert "client_max_body_size 32m;" in nginx
    assert Config.MAX_BODY_KB < 32 * 1024
