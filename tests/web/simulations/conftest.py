"""The stage of the simulation tests."""

import pytest

from . import stage


@pytest.fixture
def simulation(app, db):
    """Publish the simulation and let Rani take part."""

    def set_up(story: str = stage.STORY, **settings: str):
        for name, value in settings.items():
            story = story.replace("---\n\nAnda", f"{name}: {value}\n---\n\nAnda", 1)
        with app.app_context():
            stage.publish(story)
            return stage.enrol("rani")

    return set_up
