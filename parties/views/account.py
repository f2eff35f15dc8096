from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.declarations import declared
from core.pages import Page
from parties.forms import OwnPasswordForm
from parties.gate import signed_in_page
from parties.limits import client_address, count_try, forgive, note_refusal
from parties.models import User
from parties.participants import Participant, first_participation
from parties.selectors import roles_of
from parties.services import set_password
from parties.views.sign_in import too_many_tries


@require_safe
@signed_in_page
def account(request: HttpRequest) -> HttpResponse:
    """Who you are, what you may do and why, and the way out."""
    participant = _place(request)
    own = [page for page in declared(Page) if page.own and participant and participant.may(page.permission)]
    return render(request, "parties/account.html", {"roles_held": roles_of(request.user), "own_pages": own})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password; other sessions of the person end, this one goes on."""
    user = request.user
    if not isinstance(user, User) or not user.has_usable_password():
        return HttpResponseRedirect(reverse("account"))
    if request.method == "POST" and (refused := _try_refused(request, user)):
        return refused
    form = OwnPasswordForm(user, request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if request.method == "POST" and "old_password" not in form.errors:
        forgive(user.username, client_address(request))
    if valid:
        with transaction.atomic():
            set_password(user=user, password=form.cleaned_data["new_password1"], by=user)
            update_session_auth_hash(request, user)
        messages.success(request, "Your password is changed. You stay signed in here, and nowhere else.")
        return HttpResponseRedirect(reverse("account"))
    _place(request)
    return render(request, "parties/password_change.html", {"form": form})


def _try_refused(request: HttpRequest, user: User) -> HttpResponse | None:
    """The present password can't be found out by trying either: its tries count with those of signing in."""
    refusal = count_try(user.username, client_address(request), clock.real_now())
    if refusal is None:
        return None
    if refusal.is_first:
        note_refusal(username=user.username, by=user, doing="Changing the password")
    _place(request)
    return too_many_tries(request, refusal)


def _place(request: HttpRequest) -> Participant | None:
    """Gives the header the person's contract and its pages, though this page belongs to none."""
    participant = first_participation(request.user)
    if participant is not None:
        request.participant = participant  # type: ignore[attr-defined]
    return participant
