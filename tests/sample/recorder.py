"""Stands for the town's writer: gives numbers, keeps what it was told."""

from collections import Counter, defaultdict


class RecordingWriter:
    def __init__(self) -> None:
        self._numbers = Counter()
        self.told = defaultdict(list)
        self.rows = defaultdict(list)

    def __getattr__(self, name):
        """Every method of the writer: a number for a single thing, nothing for several."""

        def write(*arguments, **said):
            self.told[name].append((arguments, said))
            if name in {"enrolments", "places", "tariffs"}:
                self.rows[name] += arguments[0]
            self._numbers[name] += 1
            return self._numbers[name]

        return write
