"""The months of an annual report as bars: where each bar stands, in SVG units."""

from dataclasses import dataclass

from processes.registers.annual_months import Months

_WIDTH, _HEIGHT = 720, 200
_TOP, _BOTTOM, _LEFT = 16, 24, 34
_BAR, _GAP = 14, 2
#: The axis goes at least so far.
_SHORTEST_SCALE = 4


@dataclass(frozen=True)
class Bar:
    """One count of one month."""

    series: str
    x: float
    y: float
    height: float
    count: int


@dataclass(frozen=True)
class Tick:
    """One line of the scale."""

    y: float
    count: int


@dataclass(frozen=True)
class Chart:
    """Bars of twelve months on one scale."""

    bars: list[Bar]
    ticks: list[Tick]
    #: Where each month's name stands.
    months: list[float]
    width: int = _WIDTH
    height: int = _HEIGHT
    left: int = _LEFT
    bar: int = _BAR
    floor: int = _HEIGHT - _BOTTOM


def chart_of(months: Months) -> Chart | None:
    """Return the chart; None where there is nothing to see."""
    series = {
        "received": months.received,
        "closed": months.closed,
        "overdue": months.overdue,
    }
    most = max(max(counts) for counts in series.values())
    if not most:
        return None
    step = _step(max(most, _SHORTEST_SCALE))
    top = -(-max(most, _SHORTEST_SCALE) // step) * step
    floor, room = _HEIGHT - _BOTTOM, _HEIGHT - _BOTTOM - _TOP
    each = (_WIDTH - _LEFT) / 12
    bars = []
    for month in range(12):
        begins = _LEFT + month * each + (each - 3 * _BAR - 2 * _GAP) / 2
        for place, (name, counts) in enumerate(series.items()):
            height = room * counts[month] / top
            x = begins + place * (_BAR + _GAP)
            bars.append(
                Bar(name, round(x, 1), round(floor - height, 1), height, counts[month])
            )
    ticks = [
        Tick(round(floor - room * count / top, 1), count)
        for count in range(0, top + 1, step)
    ]
    return Chart(bars, ticks, [_LEFT + (month + 0.5) * each for month in range(12)])


def _step(most: int) -> int:
    """Return a round distance of lines, so that about four of them are drawn."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= 4 * step:
                return step
        size *= 10
