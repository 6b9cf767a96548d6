"""How a surface and a name differ, by the table of the lexicon that is asked."""

import repair
from repair.lexicon import channel
from repair.stages.names import likeness


def test_a_name_scores_against_itself_by_the_table_of_its_lexicon() -> None:
    shipped = channel.table()
    dear = channel.Table.of({unit: 2 * nats for unit, nats in shipped.weights.items()})
    assert likeness.own("copilot", dear) > 1.5 * likeness.own("copilot", shipped)


def test_a_letter_off_one_name_is_no_other_name() -> None:
    text = (
        "The comedian Emily Blunte opened the fair, and Emily Blunte sang with "
        "Pete Budajudge and Benedict Cumberbach."
    )
    assert "Brontë" not in repair.clean(text).text
