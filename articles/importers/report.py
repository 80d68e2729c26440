from collections import Counter, defaultdict

EXAMPLES = 5


class Report:
    """What an import did, for the closing table. Of notes it keeps the number and the first few titles."""

    def __init__(self) -> None:
        self.came_in: Counter[str] = Counter()
        self.already_here: Counter[str] = Counter()
        self.skipped: Counter[tuple[str, str]] = Counter()
        self.noted: Counter[str] = Counter()
        self.notes: defaultdict[str, list[str]] = defaultdict(list)

    def skip(self, kind: str, reason: str, count: int = 1) -> None:
        self.skipped[kind, reason] += count

    def note(self, about: str, text: str) -> None:
        self.noted[text] += 1
        if self.noted[text] <= EXAMPLES:
            self.notes[text].append(about)

    @property
    def kinds(self) -> list[str]:
        """Every kind of thing that was met, in the order it was first met."""
        return list(dict.fromkeys([*self.came_in, *self.already_here, *(kind for kind, _ in self.skipped)]))

    def skipped_of(self, kind: str) -> int:
        return sum(count for (each, _), count in self.skipped.items() if each == kind)
