from django.urls import path

from tests.tiny.views import garden

app_name = "tiny"
urlpatterns = [path("garden/", garden, name="garden")]
