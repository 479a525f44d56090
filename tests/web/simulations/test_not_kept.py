"""Pages about people's work are in no cache: of a browser, a proxy or the worker."""

from tests.web.kept import kept

from . import stage as playing


def test_pages_of_simulations_are_in_no_cache(simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    running = playing.begin(rani)
    scene = kept(rani, playing.COVER, playing.scene_url(running))
    playing.play(rani, running, playing.BEST)

    assert scene == {}
    assert kept(rani, f"{playing.scene_url(running)}/hasil", playing.COVER) == {}
