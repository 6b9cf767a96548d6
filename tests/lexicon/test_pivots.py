"""The script of a document: told by its sure garbles, and what it says of the others."""

from repair.lexicon import pivots
from repair.lexicon.channel import PIVOTS

ARABIC = [("Maykrwswft", "Microsoft"), ("Samswnj", "Samsung"), ("Starghyt", "Stargate")]
RUSSIAN = [("Vikhodtsev", "Wichodtsew"), ("Dzhonson", "Johnson"), ("Khyuston", "Houston")]


def test_sure_garbles_tell_their_script() -> None:
    assert pivots.likeliest(pivots.weigh(ARABIC)) == "arabic"
    assert pivots.likeliest(pivots.weigh(RUSSIAN)) == "russian"


def test_weights_are_chances() -> None:
    weights = pivots.weigh(ARABIC)
    assert set(weights) == set(PIVOTS)
    assert abs(sum(weights.values()) - 1) < 1e-6


def test_a_few_garbles_tell_nothing() -> None:
    assert pivots.weigh(ARABIC[:2]) == {}
    assert pivots.weigh([ARABIC[0]] * 5) == {}
    assert pivots.weigh([("Open AI", "OpenAI"), ("", "x"), ("的", "Apple")]) == {}


def test_what_was_no_sound_is_not_asked() -> None:
    spun = [("Floor", "Surface"), ("Road", "Street"), ("Cruiser", "Model")]
    assert pivots.weigh(spun) == {}


def test_the_script_speaks_for_its_own() -> None:
    weights = pivots.weigh(ARABIC)
    own = pivots.shift(weights, "Kwalkwm", "Qualcomm")
    other = pivots.shift(weights, "Khorkhe", "Jorge")
    assert own > other
    assert -pivots.MOST <= other <= own <= pivots.MOST
