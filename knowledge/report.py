"""The report of an evaluation as one HTML page: nothing is loaded from elsewhere, so it can be mailed and kept."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

TEMPLATE = "report.html.jinja"


@dataclass(frozen=True)
class Figure:
    """
    One measured share, from 0 to 1.

    `aim` is the least it should be; `before` is what the run compared with had. `lower` turns the aim
    around: the most it may be, as with wrong answers.
    """

    name: str
    value: float
    aim: float | None
    before: float | None
    lower: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; None without one."""
        if self.aim is None:
            return None
        return self.value <= self.aim if self.lower else self.value >= self.aim

    @property
    def change(self) -> float | None:
        return None if self.before is None else self.value - self.before

    @property
    def better(self) -> bool | None:
        """Whether it moved the right way; None where nothing moved that a person could see."""
        if self.change is None or abs(self.change) < LEAST_CHANGE:
            return None
        return (self.change > 0) is not self.lower


LEAST_CHANGE = 0.0005  # a tenth of a percentage point is the last digit shown, rounded


@dataclass(frozen=True)
class Group:
    """The figures of parts of the questions, as by style or by topic."""

    title: str
    rows: tuple[tuple[str, int, tuple[Figure, ...]], ...]  # label, number of questions, figures

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the figures, in the order in which they first come."""
        return tuple(dict.fromkeys(figure.name for _, _, figures in self.rows for figure in figures))


@dataclass(frozen=True)
class Miss:
    """A question that was not answered as expected, with what came instead and how sure it was."""

    question: str
    expected: str | None  # None: no entry answers it
    decision: str
    got: tuple[tuple[str, float], ...]
    style: str
    topic: str


@dataclass(frozen=True)
class Confusion:
    """One entry taken for another."""

    expected: str
    got: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    title: str
    made_on: str
    command: str
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    confusions: tuple[Confusion, ...]
    misses: tuple[Miss, ...]  # the worst first

    @property
    def compared(self) -> bool:
        """Whether there was a run to compare with; an empty column would push the others off a phone."""
        return any(figure.before is not None for figure in self.figures)


def report_html(evaluation: Report) -> str:
    """The whole page. The same report always gives the same page."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": percent, "points": points, "width": bar_width}
    source = (files("knowledge") / TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(source).render(report=evaluation)


def percent(share: float) -> str:
    """`93.5%`"""
    return f"{100 * share:.1f}%"


def points(change: float) -> str:
    """`+1.5`, `−0.3` or `0.0`, in percentage points."""
    shown = f"{100 * change:+.1f}"
    return "0.0" if shown in ("+0.0", "-0.0") else shown.replace("-", "−")


def bar_width(share: float) -> str:
    """Of a bar, in per cent; what lies outside is drawn at the edge."""
    return f"{100 * min(1.0, max(0.0, share)):.1f}"
