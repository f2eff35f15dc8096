from django.urls import URLPattern, path

from uploads.views import (
    upload,
    upload_answer,
    upload_problems,
    upload_rows,
    upload_save,
    upload_withdraw,
)

app_name = "uploads"
urlpatterns: list[URLPattern] = [
    path("uploads/<int:upload_id>/", upload, name="upload"),
    path("uploads/<int:upload_id>/problems.csv", upload_problems, name="upload-problems"),
    path("uploads/<int:upload_id>/save/", upload_save, name="upload-save"),
    path("uploads/<int:upload_id>/answer/", upload_answer, name="upload-answer"),
    path("uploads/<int:upload_id>/rows/", upload_rows, name="upload-rows"),
    path("uploads/<int:upload_id>/withdraw/", upload_withdraw, name="upload-withdraw"),
]
