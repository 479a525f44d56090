"""How many points a simulation can earn, and which choices lead there. Pure.

Points of a choice count once in a run. A loop can therefore be walked to collect every
choice in it, each once: scenes that lead to each other count as one place that holds
the points of all choices between them, and between such places there are no loops.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

Steps = Sequence[tuple[str, int]]  # (scene it leads to, points) of each choice
FULL = 10_000  # basis points


def score_bp(points: int, best: int) -> int:
    """Return the score of a run in basis points, rounded down.

    best  what the best path earns
    """
    return min(FULL, points * FULL // best) if best > 0 else 0


def reached_from(start: str, scenes: Mapping[str, Steps]) -> frozenset[str]:
    """Return all scenes one can come to from `start`, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        for to, _points in scenes[waiting.pop()]:
            if to in scenes and to not in found:
                found.add(to)
                waiting.append(to)
    return frozenset(found)


class Paths:
    """All ways through a simulation.

    scenes  code -> its choices; one without choices is an end. Every choice leads to
            a scene that is there, and from every scene there is a way to an end.
    """

    def __init__(self, scenes: Mapping[str, Steps]) -> None:
        self.scenes = scenes

    def is_in_loop(self, scene: str, to: str) -> bool:
        """Say whether one can come back to `scene` from the scene `to`."""
        return to in self._places[scene]

    def worth(self, scene: str, number: int) -> int:
        """Return the most points to be earned with a choice (from 1) and after it."""
        to, points = self.scenes[scene][number - 1]
        in_loop = self.is_in_loop(scene, to)
        return self.most[scene] if in_loop else points + self.most[to]

    def best_choices(self, scene: str) -> list[int]:
        """Return the choices of a scene that lead to the most points soonest."""
        numbers = range(1, len(self.scenes[scene]) + 1)
        ranks = {number: self._rank(scene, number) for number in numbers}
        top = max(ranks.values(), default=None)
        return [number for number in numbers if ranks[number] == top]

    @cached_property
    def most(self) -> dict[str, int]:
        """The most points to be earned from each scene on."""
        found: dict[str, int] = {}
        # Who leads to a place reaches more scenes than the place does: in this order
        # everything a choice leads to is reckoned before it.
        for code in sorted(self.scenes, key=lambda c: len(self._reached[c])):
            if code not in found:
                found |= dict.fromkeys(self._places[code], self._sum_up(code, found))
        return found

    @cached_property
    def _reached(self) -> dict[str, frozenset[str]]:
        return {code: reached_from(code, self.scenes) for code in self.scenes}

    @cached_property
    def _places(self) -> dict[str, frozenset[str]]:
        """Scene -> those one can go to and come back from, and itself."""
        found: dict[str, frozenset[str]] = {}
        for code, reached in self._reached.items():
            if code not in found:
                place = frozenset(o for o in reached if code in self._reached[o])
                found |= dict.fromkeys(place, place)
        return found

    def _sum_up(self, scene: str, known: Mapping[str, int]) -> int:
        place = self._places[scene]
        steps = [step for code in place for step in self.scenes[code]]
        inside = sum(points for to, points in steps if to in place)
        ways_on = (points + known[to] for to, points in steps if to not in place)
        return inside + max(ways_on, default=0)

    def _rank(self, scene: str, number: int) -> tuple[int, int]:
        to, _points = self.scenes[scene][number - 1]
        steps = 1 + self._steps_out[to] if self.is_in_loop(scene, to) else 0
        return self.worth(scene, number), -steps

    @cached_property
    def _steps_out(self) -> dict[str, int]:
        """Scene -> how many choices stand before the best way out of its loop."""
        found: dict[str, int] = {}
        for place in set(self._places.values()):
            found |= self._steps_in(place)
        return found

    def _steps_in(self, place: frozenset[str]) -> dict[str, int]:
        ways = {
            code: max(self.worth(code, n) for n, (to, _p) in on)
            for code in place
            if (
                on := [
                    s for s in enumerate(self.scenes[code], 1) if s[1][0] not in place
                ]
            )
        }
        best = max(ways.values(), default=0)
        steps = {code: 0 for code, value in ways.items() if value == best}
        waiting = list(steps)
        for code in waiting:  # grows as it goes: the nearest ones first
            for before in place - steps.keys():
                if any(to == code for to, _points in self.scenes[before]):
                    steps[before] = steps[code] + 1
                    waiting.append(before)
        return dict.fromkeys(place, len(place)) | steps
