from django.urls import URLPattern, path

from improvement.actions.views import action, own_actions, step_view
from improvement.document.views import document, milestones, priorities, priority, thread
from improvement.exceptions.views import exceptions
from improvement.imports.views import plan_csv, plan_xlsx, spreadsheet
from improvement.keeping import edit_views, views
from improvement.keeping.state_view import state_status
from improvement.measures.views import ACTS, act_view, measure, measures
from improvement.overview.views import overview, plan, recommendation
from improvement.progress.views import progress, progress_csv, timeline
from improvement.rules.steps import Step

app_name = "improvement"
PLAN = "plans/<slug:plan_code>/"
ROW = f"{PLAN}recommendations/<str:row>/"
ACTION = f"{PLAN}actions/<str:row>/<int:number>/"
# A measure of a row, and one of the plan as a whole, whose address has a part less: no row's can be like it.
MEASURES = (f"{PLAN}measures/<str:row>/<int:number>/", f"{PLAN}measures/<int:number>/")
urlpatterns: list[URLPattern] = [
    path("plan/", plan, name="plan"),
    path("actions/", own_actions, name="own-actions"),
    # Before the plans: none has the code "new".
    path("plans/new/", views.new_plan, name="new-plan"),
    path(PLAN, overview, name="overview"),
    path(f"{PLAN}exceptions/", exceptions, name="exceptions"),
    path(f"{PLAN}timeline/", timeline, name="timeline"),
    path(f"{PLAN}progress/", progress, name="progress"),
    path(f"{PLAN}progress.csv", progress_csv, name="progress-csv"),
    path(f"{PLAN}priorities/", priorities, name="priorities"),
    path(f"{PLAN}priorities/<int:number>/", priority, name="priority"),
    path(f"{PLAN}document/", document, name="document"),
    path(f"{PLAN}milestones/", milestones, name="milestones"),
    path(f"{PLAN}thread/", thread, name="thread"),
    path(f"{PLAN}spreadsheet/", spreadsheet, name="plan-spreadsheet"),
    path(f"{PLAN}spreadsheet/plan.xlsx", plan_xlsx, name="plan-xlsx"),
    path(f"{PLAN}spreadsheet/plan.csv", plan_csv, name="plan-csv"),
    path(f"{PLAN}keep/", views.keep, name="keep"),
    path(f"{PLAN}edit/", edit_views.edit_plan, name="edit-plan"),
    path(f"{PLAN}owners/add/", views.add_owner, name="add-owner"),
    path(f"{PLAN}owners/<int:owner>/edit/", edit_views.edit_owner, name="edit-owner"),
    path(f"{PLAN}priorities/add/", views.add_priority, name="add-priority"),
    path(f"{PLAN}priorities/<int:number>/edit/", edit_views.edit_priority, name="edit-priority"),
    path(
        f"{PLAN}priorities/<int:number>/add-recommendation/",
        views.add_recommendation,
        name="add-recommendation",
    ),
    path(ROW, recommendation, name="recommendation"),
    path(f"{ROW}edit/", edit_views.edit_recommendation, name="edit-recommendation"),
    path(f"{ROW}state/", state_status, name="state"),
    path(f"{ROW}add-action/", views.add_action, name="add-action"),
    path(f"{ROW}add-measure/", views.add_measure, name="add-measure"),
    path(f"{ROW}measures/<int:number>/edit/", edit_views.edit_measure, name="edit-measure"),
    path(f"{PLAN}measures/", measures, name="measures"),
    *(path(address, measure, name="measure") for address in MEASURES),
    *(
        path(f"{address}{act.name}/", view, name=f"measure-{act.name}")
        for act in ACTS
        for view in [act_view(act)]
        for address in MEASURES
    ),
    path(ACTION, action, name="action"),
    path(f"{ACTION}edit/", edit_views.edit_action, name="edit-action"),
    *(
        path(f"{ACTION}{step.value.replace('_', '-')}/", step_view(step), name=step.value.replace("_", "-"))
        for step in Step
    ),
]
