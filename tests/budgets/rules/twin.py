"""The rules of money once more, slowly and plainly, in Fractions and by walking down. The tests' oracle."""

from fractions import Fraction

from budgets.rules.tree import Side


def leaves_below(lines, code):
    """The lines without lines below them that stand under a line, or are it."""
    below = [line for line in lines if line.parent == code]
    if not below:
        return [line for line in lines if line.code == code]
    return [leaf for line in below for leaf in leaves_below(lines, line.code)]


def sums(lines, amounts):
    """By code: gross, income, net and how many are missing."""
    found = {}
    for line in lines:
        leaves = leaves_below(lines, line.code)
        known = [leaf for leaf in leaves if amounts.get(leaf.code) is not None]
        gross = sum(amounts[leaf.code] for leaf in known if leaf.side is Side.EXPENDITURE)
        income = sum(amounts[leaf.code] for leaf in known if leaf.side is Side.INCOME)
        found[line.code] = (gross, income, gross - income, len(leaves) - len(known))
    return found


def split(pence, weights):
    """Each penny that is left goes to the part that is furthest below its exact share, the first among equals."""
    shares = [abs(pence) * Fraction(weight) / sum(map(Fraction, weights)) for weight in weights]
    parts = [share.numerator // share.denominator for share in shares]
    while sum(parts) < abs(pence):
        short = [share - part for share, part in zip(shares, parts, strict=True)]
        parts[short.index(max(short))] += 1
    return parts if pence >= 0 else [-part for part in parts]


def status(budget, spent, base, limits):
    """The words of the rule, one by one, for a line of expenditure."""
    if budget is None or spent is None:
        return "no status"
    over = Fraction(spent) - budget
    if over > limits.red:
        return "red"
    above_percent = base == 0 or over / abs(base) * 100 > limits.amber_percent
    return "amber" if above_percent and over > limits.amber else "green"


def nearest(pence):
    """The whole number within a half; of two, the one that is further from nil."""
    floor = pence.numerator // pence.denominator
    return max((floor, floor + 1), key=lambda whole: (-abs(pence - whole), abs(whole)))


def mean_errors(forecasts, key, period):
    """The mean error and the mean size of the errors, one forecast after another."""
    bias, size, judged = Fraction(0), Fraction(0), 0
    for one in forecasts:
        if key(one) and one.period == period and one.forecast is not None and one.outturn is not None:
            judged += 1
            bias += one.forecast - one.outturn
            size += max(one.forecast - one.outturn, one.outturn - one.forecast)
    return (bias / judged, size / judged) if judged else (None, None)
