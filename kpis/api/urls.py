from django.urls import path, re_path

from kpis.api.views import Description, IndicatorList, NothingHere, StatusList

app_name = "api"
urlpatterns = [
    path("schema/", Description.as_view(), name="schema"),
    path("v1/contracts/<slug:contract_code>/indicators/", IndicatorList.as_view(), name="indicators"),
    path("v1/contracts/<slug:contract_code>/statuses/", StatusList.as_view(), name="statuses"),
    re_path(r"^(?P<anything>[\s\S]+)/\Z", NothingHere.as_view(), name="nothing"),
]
