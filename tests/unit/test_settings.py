"""README and Config name the same settings, with the same defaults."""

import re
from pathlib import Path

from lms.config import Config

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_readme():
    stated = set(re.findall(r"^\| `LMS_(\w+)` \|", README, re.MULTILINE))
    real = {name for name in vars(Config) if name.isupper()}

    assert stated == real


def test_the_readme_states_the_defaults():
    rows = re.findall(r"^\| `LMS_(\w+)` \| `?([^|`]*)`? \|", README, re.MULTILINE)
    folders = {"INSTANCE_DIR": "instance", "CONTENT_DIR": "content"}
    wrong = {
        name: stated
        for name, stated in rows
        if stated.strip() != folders.get(name, str(getattr(Config, name)))
    }
    assert wrong == {}
