"""How many workers it takes so that each holds as many children as is aimed at, and whether a printed mean is theirs.

Source: the Annual Review aims at an average of 18 children a social worker in care management and of 15 in the
children in care team, 20% fewer for newly qualified ones. It prints no number of workers needed for either team, so
the number is derived; that newly qualified workers are spread over the teams as over all is an assumption.
"""

from __future__ import annotations

from fractions import Fraction


def workers_needed(children: Fraction, aim: Fraction) -> Fraction:
    """Full-time workers, exact. ValueError where the aim is no number of children above nil."""
    if aim <= 0:
        raise ValueError("Nobody is needed for an aim of no children a worker.")
    return children / aim


def workers_needed_with_new(
    children: Fraction, aim: Fraction, new_share: Fraction, fewer: Fraction
) -> Fraction:
    """The same where a share of the workers, between 0 and 1, holds fewer cases by a part of them."""
    return workers_needed(children, aim * (1 - new_share * fewer))


def printed_otherwise(printed: Fraction, places: int, exact: Fraction) -> bool:
    """Whether a printed number is further from the exact one than half a unit in its last decimal place."""
    return abs(printed - exact) > Fraction(1, 2 * 10**places)
