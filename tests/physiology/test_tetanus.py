"""Trains of spikes in the human calf, until the twitches fuse."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology import tetanus
from course_lib.physiology.tetanus import CALF, MEASURED


def test_the_twitch_is_the_measured_one() -> None:
    """Within one standard deviation of the calf, except the relaxation, which has 1 and a bit."""
    twitch = tetanus.train(1, duration_ms=0)
    top = int(twitch.force.argmax())
    fall = np.interp(-twitch.peak / 2, -twitch.force[top:], twitch.time_ms[top:])
    assert twitch.spikes_ms.size == 1
    assert twitch.time_ms[top] == pytest.approx(MEASURED.contraction_time_ms, abs=11.1)
    assert fall - twitch.time_ms[top] == pytest.approx(MEASURED.half_relaxation_ms, abs=14.4)
    assert twitch.peak == pytest.approx(MEASURED.twitch_to_tetanus, rel=0.02)


def test_half_force_comes_at_the_measured_rate() -> None:
    rates = np.linspace(2, 40, 200)
    half = np.interp(0.5, tetanus.steady_force(rates), rates)
    assert half == pytest.approx(MEASURED.half_force_Hz, abs=1)


def test_fused_where_the_calf_is_fused() -> None:
    assert tetanus.train(MEASURED.fusion_Hz).ripple < 0.002
    assert 0.02 < tetanus.train(MEASURED.cramp_Hz).ripple < 0.05
    assert tetanus.train(4).ripple > 0.4


def test_force_grows_and_ripple_shrinks_with_the_rate() -> None:
    trains = [tetanus.train(rate) for rate in (1, 3, 6, 12, 25, 50, 100)]
    means, ripples = [t.mean for t in trains], [t.ripple for t in trains]
    assert means == sorted(means)
    assert ripples == sorted(ripples, reverse=True)
    assert means[-1] == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("rate_Hz", [3.0, 15.0, 60.0])
def test_a_solver_at_tight_tolerance_agrees(rate_Hz: float) -> None:
    """Spike by spike, with none of the closed forms; the relaxation after the train too."""
    mine = tetanus.train(rate_Hz, duration_ms=700, end_ms=1200)
    state, now, force = [0.0, 0.0, 0.0], 0.0, np.zeros(mine.time_ms.size)

    def slope(_: float, y: np.ndarray) -> list[float]:
        on, heads, pull = y
        gain = CALF.attach_per_ms * on**3 * (1 - heads)
        return [
            -on / CALF.fading_ms, gain - CALF.detach_per_ms * heads,
            (heads - pull) / CALF.tendon_ms,
        ]  # fmt: skip

    for k, until in enumerate([*mine.spikes_ms[1:], 1200.0]):
        assert now == pytest.approx(mine.spikes_ms[k])
        state[0] += CALF.share * (1 - state[0])
        seen = (mine.time_ms >= now) & (mine.time_ms < until)
        if until > now:
            at = [*mine.time_ms[seen], until]
            run = solve_ivp(slope, (now, until), state, t_eval=at, rtol=1e-9, atol=1e-12)
            force[seen] = run.y[2][:-1]
            state, now = list(run.y[:, -1]), until
    assert mine.force[:-1] == pytest.approx(force[:-1] / CALF.tetanic, abs=2e-3)


def test_a_long_train_settles_in_the_endless_one() -> None:
    for rate in (5.0, 15.0, 60.0):
        train = tetanus.train(rate, duration_ms=4000, end_ms=4000)
        last = train.time_ms > 4000 - 1000 / rate
        assert train.force[last].mean() == pytest.approx(train.mean, rel=0.01)
        assert 1 - train.force[last].min() / train.force[last].max() == pytest.approx(
            train.ripple, abs=0.005
        )


def test_a_slower_twitch_fuses_at_a_lower_rate() -> None:
    slow = tetanus.train(10, contraction_time_ms=2 * CALF.contraction_time_ms)
    assert slow.mean == pytest.approx(tetanus.train(20).mean)
    assert slow.ripple == pytest.approx(tetanus.train(20).ripple)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"rate_Hz": 0}, "rate_Hz"),
        ({"rate_Hz": 5, "duration_ms": -1}, "duration_ms"),
        ({"rate_Hz": 5, "contraction_time_ms": 10}, "contraction_time_ms"),
        ({"rate_Hz": float("nan")}, "rate_Hz"),
    ],
)
def test_bad_input_is_refused(wrong: dict[str, float], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        tetanus.train(**wrong)
