import base64
import io
import logging

import numpy as np
import pytest
from PIL import Image

from tests.ui.toy import toy


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def request(values, **more):
    return {"kind": "request", "values": values, "seq": 1, "sender": "me", "density": 1} | more


def send(explorer, message):
    """Deliver a message the way the page does."""
    explorer.widget._handle_custom_msg(message, [])


class Guess:
    """A prediction as the learning package hands it over."""

    def __init__(self, value=None):
        self.label, self.at, self.value, self.callbacks = "your prediction", 0.5, value, []

    def on_change(self, callback):
        self.callbacks.append(callback)

    def lock(self, value):
        self.value = value
        for callback in self.callbacks:
            callback(self)


def test_set_moves_controls_reading_words_and_picture():
    line = toy()
    before = line.frame
    line.set(slope=40, lift=2)
    assert line.values == {"slope": 40, "lift": 2, "colour": "red", "shown": True}
    assert next(iter(line.reading)) == ("end", 42.0, "m")
    assert "42.00 m" in line.alt
    assert line.frame != before


def test_reset_brings_the_first_picture_back():
    line = toy()
    first = line.frame
    line.set(slope=40, colour="blue")
    line.reset()
    assert line.frame == first
    assert line.values == {"slope": 1, "lift": 1, "colour": "red", "shown": True}


@pytest.mark.parametrize(
    "bad", [{"slope": 101}, {"slope": float("nan")}, {"slop": 1}, {"shown": 1}]
)
def test_bad_input_changes_nothing(bad):
    line = toy()
    frame, values = line.frame, line.values
    with pytest.raises(ValueError, match=r"slop|shown"):
        line.set(lift=5, **bad)
    assert (line.frame, line.values) == (frame, values)


def test_a_blitted_picture_equals_a_picture_drawn_from_scratch():
    slid, fresh = toy(), toy()
    for slope in np.linspace(-10, 80, 7):
        slid.set(slope=float(slope))
    fresh.set(slope=80.0)
    assert np.array_equal(pixels(slid.frame), pixels(fresh.frame))


def test_density_gives_more_pixels_of_the_same_picture():
    canvas = toy().canvas
    one, two = canvas.pixels(1).copy(), canvas.pixels(2).copy()
    assert two.shape[:2] == (2 * one.shape[0], 2 * one.shape[1])
    assert np.array_equal(canvas.pixels(1), one)


def test_model_error_keeps_the_last_good_state_and_goes_to_the_log(caplog, capsys):
    line = toy()
    line.set(slope=40)
    frame = line.frame
    with caplog.at_level(logging.ERROR, logger="course_lib.explorer"):
        line.set(slope=95)
    assert "Press Reset" in line.error
    assert "secret" not in line.error
    assert "secret internals" in caplog.text
    assert (line.frame, line.values["slope"]) == (frame, 40)
    assert capsys.readouterr() == ("", "")
    line.reset()
    assert line.error is None


def test_mime_bundle_serves_page_nbval_and_readers_without_a_kernel():
    line = toy()
    line.set(slope=40)
    data, about = line._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].splitlines()[:3] == ["A line", "Controls", "  slope (m/m) = 40.0 m/m"]
    assert "  end: 41.0 m" in data["text/plain"]
    picture = pixels(base64.b64decode(data["image/png"]))
    width, height = about["image/png"]["width"], about["image/png"]["height"]
    assert picture.shape[:2] == (1.5 * height, 1.5 * width)
    assert about["image/png"]["alt"] == line.alt


def test_the_page_moves_a_slider():
    line = toy()
    send(line, request({"slope": 40.0, "lift": 2.0}, seq=7))
    state = line.widget.state
    assert (state["seq"], state["sender"]) == (7, "me")
    assert state["values"]["slope"] == 40.0
    assert state["reading"][0] == ("end", "42.0 m")
    assert line.widget.frame == line.frame


def test_while_a_slider_moves_frames_are_jpeg_and_at_rest_png():
    line = toy()
    send(line, request({"slope": 40.0}, moving=True, density=2))
    assert Image.open(io.BytesIO(line.widget.frame)).format == "JPEG"
    send(line, request({"slope": 40.0}, density=2))
    assert Image.open(io.BytesIO(line.widget.frame)).format == "PNG"


@pytest.mark.parametrize(
    "values",
    [
        {"slope": 1e9},
        {"slope": "1"},
        {"slope": None},
        {"slope": 10**400},
        {"rm -rf": 1},
        {"colour": ["red"]},
    ],
)
def test_bad_values_of_the_page_become_a_message(values):
    line = toy()
    before = line.values
    send(line, request(values))
    assert line.values == before
    assert "use" in line.widget.state["error"] or "has" in line.widget.state["error"]


@pytest.mark.parametrize(
    "message", [None, [], {}, {"kind": "request"}, {"kind": "request", "values": 3, "seq": 1}, "x"]
)
def test_malformed_messages_are_ignored(message):
    line = toy()
    state = line.widget.state
    send(line, message)
    assert line.widget.state == state


@pytest.mark.parametrize("where", ["restore_region", "draw", "copy_from_bbox"])
def test_an_interrupted_picture_is_drawn_whole_the_next_time(where, monkeypatch):
    """The stop button while a picture is drawn at another density than before."""
    line, fresh = toy(), toy()
    send(line, request({"slope": 3.0}))

    def stop(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(line.canvas._agg, where, stop)
        send(line, request({"slope": 4.0}, seq=2, density=2))
    assert "interrupted" in line.widget.state["error"]
    assert line.widget.state["seq"] == 2
    send(line, request({"slope": 40.0}, seq=3))
    fresh.set(slope=40.0)
    assert line.widget.state["error"] is None
    assert np.array_equal(pixels(line.widget.frame), pixels(fresh.frame))


def test_absurd_density_is_limited():
    line = toy()
    for density in (float("nan"), 1e9, 10**400, -1, "2", None):
        send(line, request({}, density=density))
        assert len(line.widget.frame) > 0
        assert line.figure.dpi <= 300


def test_present_and_narrow_are_looks_of_the_same_state():
    line = toy()
    line.set(slope=40)
    send(line, request({}, present=True, narrow=True))
    assert line.values["slope"] == 40
    assert line.canvas.size == (420, 640)
    assert line.present
    line.present = False
    assert line.canvas.size == (420, 640)


def test_a_look_that_is_left_keeps_no_pixels():
    line = toy()
    assert line.frame
    wide = line.canvas
    assert wide._background is not None
    line.present = True
    assert line.frame
    assert wide._background is None
    assert line.canvas._background is not None


def test_prediction_is_drawn_when_it_is_locked():
    guess = Guess()
    line = toy(guess)
    before = line.frame
    guess.lock(120.0)
    assert line.frame != before
    assert list(line.reading)[-1] == ("your prediction", 120.0, "")
    words = [text.get_text() for text in line.canvas.scene.plot.texts]
    assert words == ["your prediction"]


def test_what_a_notebook_stores_does_not_depend_on_who_ran_it():
    with_guess, without = toy(Guess(120.0)), toy()
    assert with_guess._repr_mimebundle_()[0]["text/plain"] == str(without)
    assert (
        with_guess._repr_mimebundle_()[0]["image/png"]
        == without._repr_mimebundle_()[0]["image/png"]
    )


def test_an_unlocked_prediction_leaves_the_picture_alone():
    assert toy(Guess()).frame == toy().frame


def test_two_explorers_of_a_kind_do_not_share_state():
    one, two = toy(), toy()
    one.set(slope=40)
    assert two.values["slope"] == 1
