"""How the printed statistics are called on pages, and which months they speak of."""

from __future__ import annotations

from core.values.months import Month
from kpis.definitions.models import PublishedStatistic

# A statistic's key in the definitions, and its name on a page. Keys that stand for the same thing share a name.
STATISTIC_WORDS = {
    "above_31_march_2018_position": "Change from the year end before",
    "assessment_work_maximum_length": "Longest time that assessment work should take",
    "asye_reduction": "Reduction of a newly qualified worker’s caseload",
    "audit_coverage_of_total_cases": "Share of all cases that were audited",
    "audit_obligation_three_months": "Case files to be audited every three months",
    "audit_obligation_year": "Case files to be audited every year",
    "audits_completed": "Audits completed",
    "audits_monthly_average": "Average number of audits a month",
    "audits_undertaken": "Audits undertaken",
    "care_leavers_average_caseload": "Average caseload, care leavers’ team",
    "care_management_average_caseload": "Average caseload, care management",
    "care_management_caseload_increase": "Rise in the average caseload, care management",
    "care_management_low": "Lowest month of the year, care management",
    "child_in_care_visit_interval": "Interval between visits to a child in care",
    "children_in_care_average_caseload": "Average caseload, children in care team",
    "children_in_care_low": "Lowest month of the year, children in care team",
    "children_on_plan": "Children on a child protection plan",
    "duty_cycle_length": "Length of the duty rota",
    "england_average": "England average",
    "establishment": "Posts in the establishment",
    "gap_to_target": "Distance from the target",
    "half_year_average": "Average of the half year",
    "highest_month": "Highest month of the year",
    "improvement_from": "Start of the improvement",
    "improvement_to": "End of the improvement",
    "initial_conference_rate": "Initial conferences for the child population",
    "initial_conferences_held": "Initial conferences held",
    "interim_measures_taken": "Interim measures taken",
    "local_aim": "Local aim",
    "local_visit_standard": "Local interval between visits",
    "low_point": "Low point of the year",
    "lowest_month": "Lowest month of the year",
    "month_values_below": "Some months of the year",
    "monthly_value": "Value of the month",
    "months_contact_timestamp_live": "How long the contact timestamp had been in use",
    "permanent_vacancies": "Vacancies for permanent staff",
    "plan_age_priority_trigger": "Age at which a plan is given priority",
    "quarter_average": "Average of the quarter",
    "quarter_value": "Value of the quarter",
    "reduction_in_children_on_plan": "Reduction in children on a child protection plan",
    "reduction_over_year": "Reduction over the year",
    "review_interval": "Interval between reviews",
    "s47_enquiry_rate": "Section 47 (S47) enquiries for the child population",
    "sandwell_rate": "Rate for Sandwell",
    "share_of_ceased_plans_becoming_looked_after": "Share of ended plans where the child came into care",
    "shorter_assessment_expectation": "Shorter time expected for assessments",
    "social_workers_over_establishment": "Social workers above the establishment",
    "social_workers_redistributed_to_children_in_care_team": "Social workers moved to the children in care team",
    "statistical_neighbour_average": "Statistical neighbour average",
    "support_age_limit": "Age until which support runs",
    "target_restated": "Target, printed again",
    "twelve_month_average": "12-month average",
    "twelve_month_average_vacancies": "12-month average of vacancies",
    "value_since_1_january_2019": "Every month",
    "value_since_december_2018": "Every month",
    "year_end_above_go_live": "Rise over the year",
    "year_end_children": "Children on a child protection plan at the end of the year",
    "year_end_rate": "Rate at the end of the year",
    "year_end_value": "Value at the end of the year",
    "year_start_children": "Children on a child protection plan at the start of the year",
    "year_start_rate": "Rate at the start of the year",
    "year_start_value": "Value at the start of the year",
    "year_value": "Value of the year",
}


def statistic_words(statistic: str) -> str:
    """The name of a statistic; a key that no name was written for is shown as its own words."""
    words = statistic.replace("_", " ")
    return STATISTIC_WORDS.get(statistic, words[:1].upper() + words[1:])


def period_words(printed: PublishedStatistic) -> str:
    """ "April 2018 to March 2019" where the months are known, else the printed words in quotation marks, if any."""
    if printed.period_end is None:
        return f"“{printed.period_text}”" if printed.period_text else ""
    last = Month.of(printed.period_end)
    first = Month.of(printed.period_start) if printed.period_start else last
    return last.label if first == last else f"{first.label} to {last.label}"


def how_words(words: str, period: str) -> str:
    """How a number was computed, without the period, which stands beside the statistic's name already."""
    if words in (period, f"count of {period}"):
        return ""
    shorter = words.removesuffix(f" {period}") if period else words
    return shorter[:1].upper() + shorter[1:]
