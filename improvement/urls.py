from django.urls import URLPattern, path

from improvement.actions.views import action, own_actions, step_view
from improvement.document.views import document, milestones, priorities, priority, thread
from improvement.exceptions.views import exceptions
from improvement.overview.views import overview, plan, recommendation
from improvement.progress.views import progress, progress_csv, timeline
from improvement.rules.steps import Step

app_name = "improvement"
ACTION = "plans/<slug:plan_code>/actions/<str:row>/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("plan/", plan, name="plan"),
    path("actions/", own_actions, name="own-actions"),
    path("plans/<slug:plan_code>/", overview, name="overview"),
    path("plans/<slug:plan_code>/timeline/", timeline, name="timeline"),
    path("plans/<slug:plan_code>/progress/", progress, name="progress"),
    path("plans/<slug:plan_code>/progress.csv", progress_csv, name="progress-csv"),
    path("plans/<slug:plan_code>/exceptions/", exceptions, name="exceptions"),
    path("plans/<slug:plan_code>/priorities/", priorities, name="priorities"),
    path("plans/<slug:plan_code>/priorities/<int:number>/", priority, name="priority"),
    path("plans/<slug:plan_code>/document/", document, name="document"),
    path("plans/<slug:plan_code>/milestones/", milestones, name="milestones"),
    path("plans/<slug:plan_code>/thread/", thread, name="thread"),
    path("plans/<slug:plan_code>/recommendations/<str:row>/", recommendation, name="recommendation"),
    path(ACTION, action, name="action"),
    *(
        path(f"{ACTION}{step.value.replace('_', '-')}/", step_view(step), name=step.value.replace("_", "-"))
        for step in Step
    ),
]
