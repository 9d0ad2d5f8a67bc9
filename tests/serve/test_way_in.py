"""Words in place of the facilitator's secret: good once, for a while, and not for guessers."""

from __future__ import annotations

from sim.serve.facilitator.way_in import LIFE, TRIES, WayIn, words


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        """The seconds it shows."""
        return self.now


def test_words_are_good_once_and_only_where_they_are_meant():
    """Those for this machine open nothing elsewhere, and are not used up by being tried there."""
    way = WayIn(Hands())
    drawn = way.offer("TOKEN", here=True)
    assert len(drawn.split()) == 3
    for _ in range(TRIES + 1):
        assert way.take(drawn, here=False) == ""
    assert way.take(f" {drawn.title()} ", here=True) == "TOKEN"
    assert way.take(drawn, here=True) == ""


def test_words_for_another_device_end_by_themselves():
    """And words that are asked for anew end those before."""
    clock = Hands()
    way = WayIn(clock)
    first = way.offer("TOKEN", here=False)
    second = way.offer("TOKEN", here=False)
    assert way.take(first, here=False) == "" or first == second
    clock.now = LIFE + 1
    assert way.take(second, here=False) == ""


def test_guessing_ends_an_offer_and_whoever_printed_it_is_told():
    """Five wrong tries; what is no three words is no try."""
    way = WayIn(Hands())
    told = []
    way.used = lambda: told.append(1)
    drawn = way.offer("TOKEN", here=True)
    wrong = " ".join(reversed([*drawn.split()[1:], "nowhere"]))
    for _ in range(20):
        way.take("f" * 64, here=True)
    for _ in range(TRIES - 1):
        assert way.take(wrong, here=True) == ""
    assert told == []
    way.take(wrong, here=True)
    assert told == [1]
    assert way.take(drawn, here=True) == ""


def test_there_are_enough_words_and_each_is_one():
    """Three of them are one of twenty million; none is written twice or needs more than letters."""
    assert len(set(words())) == len(words()) > 270
    assert all(word.isascii() and word.isalpha() and word.islower() and len(word) < 10 for word in words())
