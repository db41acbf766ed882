"""Lines of text kept as pixels look as Matplotlib's own do."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_lib.ui import agg

TEXTS = (
    {"s": "free magnesium (mmol/L)", "x": 0.1, "y": 0.1},
    {"s": "up the side", "x": 0.05, "y": 0.5, "rotation": 90},
    {"s": "aslant", "x": 0.5, "y": 0.5, "rotation": 33, "fontsize": 19, "alpha": 0.6},
    {"s": "two lines\n✓ ◆ µg ΔΨ", "x": 0.6, "y": 0.2, "color": "#A03F00", "style": "italic"},
    {"s": r"$\mathrm{Mg}^{2+}$", "x": 0.2, "y": 0.7, "fontsize": 15},
    {"s": "jagged", "x": 0.7, "y": 0.7, "antialiased": False, "weight": "bold"},
)


@pytest.fixture
def figure() -> Figure:
    made = Figure(figsize=(4, 3), dpi=100)
    for text in TEXTS:
        made.text(**text)  # type: ignore[arg-type]
    return made


def pixels(canvas: FigureCanvasAgg) -> np.ndarray:
    canvas.draw()
    return np.array(canvas.buffer_rgba())


@pytest.mark.parametrize("dpi", [72, 100, 200])
def test_every_pixel_is_matplotlibs(figure: Figure, dpi: int) -> None:
    figure.dpi = dpi
    expected = pixels(FigureCanvasAgg(figure))
    assert expected[..., :3].min() < 100, "nothing was drawn"
    ours = agg.Agg(figure)
    for _ in ("set", "kept"):
        assert np.array_equal(pixels(ours), expected)


def test_a_line_that_stays_is_not_set_again(figure: Figure) -> None:
    canvas = agg.Agg(figure)
    pixels(canvas)
    before = agg._set_line.cache_info().misses
    figure.texts[0].set_position((0.2, 0.3))
    pixels(canvas)
    assert agg._set_line.cache_info().misses == before
    figure.texts[0].set_text("more magnesium")
    pixels(canvas)
    assert agg._set_line.cache_info().misses == before + 1


def test_another_style_of_the_same_words_is_another_line(figure: Figure) -> None:
    canvas = agg.Agg(figure)
    before = pixels(canvas)
    figure.texts[0].set_fontsize(14)
    after = pixels(canvas)
    assert not np.array_equal(after, before)
    assert np.array_equal(after, pixels(FigureCanvasAgg(figure)))


def test_canvases_of_one_size_share_their_pixels(figure: Figure) -> None:
    another = Figure(figsize=(4, 3), dpi=100)
    one, two = agg.Agg(figure), agg.Agg(another)
    kept = pixels(one)
    assert one.get_renderer() is two.get_renderer()
    assert not np.array_equal(pixels(two), kept)  # an empty figure
    assert np.array_equal(pixels(one), kept)


def test_few_sizes_are_kept() -> None:
    sizes = [agg.Agg(Figure(figsize=(1, 1), dpi=dpi)).get_renderer() for dpi in (50, 60, 70, 80)]
    assert agg._renderer.cache_info().currsize == 2
    assert len({id(size) for size in sizes}) == 4
