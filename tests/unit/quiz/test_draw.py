"""Which questions an attempt gets. Chance is seeded; layouts are stored anyway."""

from random import Random

from lms.quiz.draw import Drawable, as_drawable, codes, layout

POOL = [f"b{n}" for n in range(10)]


def quiz(slots, questions=False, options=False):
    return {
        "slots": slots,
        "shuffle_questions": questions,
        "shuffle_options": options,
    }


def test_own_questions_stand_as_written():
    slots = [{"question": code} for code in "cab"]

    assert codes(slots, Random(1)) == ["c", "a", "b"]


def test_a_pool_is_drawn_without_replacement():
    for seed in range(50):
        drawn = codes([{"pool": POOL, "count": 4}], Random(seed))
        assert len(drawn) == len(set(drawn)) == 4
        assert set(drawn) <= set(POOL)


def test_overlapping_pools_never_give_the_same_question_twice():
    slots = [{"pool": POOL, "count": 5}, {"question": "b3"}, {"pool": POOL, "count": 4}]
    for seed in range(50):
        drawn = codes(slots, Random(seed))
        assert sorted(drawn) == POOL
        assert drawn[5] == "b3"


def test_a_pool_that_has_too_few_left_gives_what_it_has():
    assert len(codes([{"pool": POOL, "count": 99}], Random(1))) == 10


def test_a_pool_without_a_count_gives_all():
    assert sorted(codes([{"pool": POOL, "count": None}], Random(1))) == POOL


def test_every_question_of_a_pool_is_drawn_about_equally_often():
    chance = Random(7)
    times = dict.fromkeys(POOL, 0)
    for _ in range(5_000):
        for code in codes([{"pool": POOL, "count": 3}], chance):
            times[code] += 1

    assert all(1_350 < n < 1_650 for n in times.values()), times


def test_the_same_chance_gives_the_same_layout_and_another_one_another():
    questions = {c: Drawable(n, 1, (1, 2, 3, 4)) for n, c in enumerate(POOL)}
    body = quiz([{"pool": POOL, "count": 5}], questions=True, options=True)

    same = [layout(body, questions, Random(3)) for _ in range(2)]

    assert same[0] == same[1]
    assert layout(body, questions, Random(4)) != same[0]


def test_options_stay_when_the_quiz_or_the_question_says_so():
    fixed = {"a": Drawable(1, 2, (1, 2, 3), shuffle=False)}
    free = {"a": Drawable(1, 2, (1, 2, 3))}
    slots = [{"question": "a"}]
    for seed in range(20):
        kept = layout(quiz(slots, options=True), fixed, Random(seed))
        assert kept == [{"q": 1, "options": [1, 2, 3], "points": 2}]
        assert layout(quiz(slots), free, Random(seed)) == kept


def test_shuffled_options_are_all_there():
    free = {"a": Drawable(1, 1, (1, 2, 3, 4))}
    seen = {
        tuple(
            layout(quiz([{"question": "a"}], options=True), free, Random(n))[0][
                "options"
            ]
        )
        for n in range(300)
    }

    assert len(seen) == 24


def test_a_question_body_is_read():
    body = {
        "points": 3,
        "options": [{"number": 1, "html": ""}, {"number": 2, "html": ""}],
        "shuffle_options": False,
    }

    assert as_drawable(9, body) == Drawable(9, 3, (1, 2), False)


def test_an_ordering_is_shuffled_always_and_never_shown_solved():
    body = quiz([{"question": "u"}])  # whose author shuffles nothing
    seen = set()
    for seed in range(200):
        question = Drawable(1, 1, (1, 2, 3), shuffle=False, solved=(2, 3, 1))
        (place,) = layout(body, {"u": question}, Random(seed))
        assert sorted(place["options"]) == [1, 2, 3]
        seen.add(tuple(place["options"]))

    assert (2, 3, 1) not in seen
    assert len(seen) == 5
