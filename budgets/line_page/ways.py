"""The ways in which a budget is planned over the months, as rules know them and as pages say them."""

from budgets.models import Profile
from budgets.rules.profile import Profile as Way

# How a budget is planned where nobody chose (chosen: bills come on working days).
UNCHOSEN = Profile.Way.WORKING_DAYS
WAYS = {
    Profile.Way.EVEN.value: (Way.EVEN, "in even parts"),
    Profile.Way.WORKING_DAYS.value: (Way.WORKING_DAYS, "by working days"),
    Profile.Way.OWN.value: (Way.OWN, "by its own twelve amounts"),
}
