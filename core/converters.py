"""Kinds of parts that addresses are made of."""

from django.urls import register_converter

from core.values.months import Month


class MonthConverter:
    """A month as it stands in an address: 2019-03. One that there is not, such as 2019-13, is no address."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, text: str) -> Month:
        return Month.parse(text)  # ValueError: no match

    def to_url(self, month: Month | str) -> str:
        return str(Month.parse(str(month)))


register_converter(MonthConverter, "month")
