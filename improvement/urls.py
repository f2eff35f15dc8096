from django.urls import URLPattern, path

from improvement.actions.views import action, own_actions, step_view
from improvement.exceptions.views import exceptions
from improvement.measures.views import ACTS, act_view, measure, measures
from improvement.overview.views import overview, plan, recommendation
from improvement.rules.steps import Step

app_name = "improvement"
ACTION = "plans/<slug:plan_code>/actions/<str:row>/<int:number>/"
# A measure of a row, and one of the plan as a whole, whose address has a part less: no row's can be like it.
MEASURES = (
    "plans/<slug:plan_code>/measures/<str:row>/<int:number>/",
    "plans/<slug:plan_code>/measures/<int:number>/",
)
urlpatterns: list[URLPattern] = [
    path("plan/", plan, name="plan"),
    path("actions/", own_actions, name="own-actions"),
    path("plans/<slug:plan_code>/", overview, name="overview"),
    path("plans/<slug:plan_code>/exceptions/", exceptions, name="exceptions"),
    path("plans/<slug:plan_code>/recommendations/<str:row>/", recommendation, name="recommendation"),
    path("plans/<slug:plan_code>/measures/", measures, name="measures"),
    *(path(address, measure, name="measure") for address in MEASURES),
    *(
        path(f"{address}{act.name}/", view, name=f"measure-{act.name}")
        for act in ACTS
        for view in [act_view(act)]
        for address in MEASURES
    ),
    path(ACTION, action, name="action"),
    *(
        path(f"{ACTION}{step.value.replace('_', '-')}/", step_view(step), name=step.value.replace("_", "-"))
        for step in Step
    ),
]
