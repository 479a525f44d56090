"""What runs out is told of once, and never runs out early, whatever the clock does."""

from lms.jobs import worker

from .test_validity import (
    COURSE,
    TWO_YEARS,
)


def test_a_clock_that_jumps_tells_each_step_once(
    app,
    earned,
    clock,
    posting,
):
    clock.skip(days=TWO_YEARS + 1 - 92)
    for rest in (0, 0, 0, 57, 0, 0, 0, 19, 0, 0, 0):  # round 90, 30 and 7 days before
        clock.skip(days=rest)
        worker.run_once(app)
        clock.skip(days=1)
        worker.run_once(app)
        clock.skip(days=-1, hours=-1)
        worker.run_once(app)
        clock.skip(days=1, hours=1)

    renewal = [one for one in posting if "perlu diperbarui" in one["subject"]]
    assert len(renewal) == 3


def test_an_hour_back_from_its_end_it_counts_again(earned, sign_in, clock):
    stranger = sign_in(None)
    clock.skip(days=TWO_YEARS + 1, hours=10, minutes=30)  # past midnight

    over = stranger.get(f"/cek/{earned}.json").get_json()["status"]
    clock.skip(hours=-1)
    back = stranger.get(f"/cek/{earned}.json").get_json()["status"]

    assert (over, back) == ("expired", "valid")
    assert sign_in("rani").get(COURSE).status_code == 200
