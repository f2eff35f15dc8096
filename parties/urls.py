from django.conf import settings
from django.urls import URLPattern, path

from parties import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/again/", views.sign_in_again, name="sign-in-again"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.change_password, name="password-change"),
]

# The personas' door is not there at all outside the demonstration.
demonstration_patterns: list[URLPattern] = [
    path("continue-as/", views.continue_as, name="continue-as"),
]
if settings.IS_DEMO:
    urlpatterns += demonstration_patterns
