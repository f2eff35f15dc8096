from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from kpis.api.views import IndicatorList, StatusList

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("v1/contracts/<slug:contract_code>/indicators/", IndicatorList.as_view(), name="indicators"),
    path("v1/contracts/<slug:contract_code>/statuses/", StatusList.as_view(), name="statuses"),
]
