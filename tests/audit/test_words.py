"""Values of the trail as people read them."""

import pytest

from audit.words import days_in_words, word

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (None, "nothing"),
        ("", "nothing"),
        (3, "3"),
        ("2020-04-20", "20 April 2020"),
        ("2019-02-30", "2019-02-30"),  # no day, so left as it was kept
    ],
)
def test_a_value_is_a_day_in_words_where_it_is_one(kept, read):
    assert word(kept) == read


def test_days_within_a_text_are_read_too():
    assert (
        days_in_words("Moved from 2020-04-20 to 2020-04-27.") == "Moved from 20 April 2020 to 27 April 2020."
    )
