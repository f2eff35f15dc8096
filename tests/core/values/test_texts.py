import pytest

from core.values.texts import keepable


@pytest.mark.parametrize("text", ["", "PI2", "é😀", "\u202eא", "\x01"])
def test_what_every_database_keeps(text):
    assert keepable(text)


@pytest.mark.parametrize("text", ["\0", "PI2\0", "\ud800", "a\udfff"])
def test_what_one_of_them_does_not(text):
    assert not keepable(text)
