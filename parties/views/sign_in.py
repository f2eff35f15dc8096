from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from parties.demonstration import PERSONAS
from parties.forms import SignInForm
from parties.limits import Refusal, clear_old, client_address, count_try, forgive, note_refusal
from parties.models import User
from parties.sessions import begin_session, end_session, why_ended
from parties.typing import kept_with, pairs_of, typed_in


@sensitive_post_parameters()
@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for user name and password, and leads back to the page that was asked for."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_destination(request))
    if request.method != "POST":
        return _page(request, SignInForm(request))
    username = request.POST.get("username", "")
    address, now = client_address(request), timezone.now()
    clear_old(now)
    refusal = count_try(username, address, now)
    if refusal is not None:
        if refusal.is_first:
            note_refusal(username=username)
        return too_many_tries(request, refusal)
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    forgive(username, address)
    begin_session(request, form.get_user())
    return _on_from_here(request)


@csrf_protect
@never_cache
@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Asks somebody to sign in whose session had ended when they sent a form; what they typed goes along."""
    if request.user.is_authenticated:  # they signed in again in another tab
        return HttpResponseRedirect(
            _destination(request), preserve_request=REDIRECT_FIELD_NAME in request.GET
        )
    return _page(request, SignInForm(request), typed_in(request.POST))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return HttpResponseRedirect(resolve_url("sign-in") + "?ended=signed-out")


@never_cache
@require_POST
def continue_as(request: HttpRequest) -> HttpResponse:
    """The demonstration's door: in as a persona, without a password. It exists in the demonstration only."""
    if not settings.IS_DEMO:
        raise Http404
    asked = request.POST.get("persona", "").replace("\0", "")  # which PostgreSQL takes in no text
    user = get_object_or_404(User.objects.filter(is_persona=True, is_active=True), username=asked)
    begin_session(request, user)
    return _on_from_here(request)


def _on_from_here(request: HttpRequest) -> HttpResponse:
    """To the page asked for; with what was typed before, through a page that sends it there."""
    destination, kept = _destination(request), pairs_of(kept_with(request))
    if not kept:
        return HttpResponseRedirect(destination)
    return render(request, "parties/typing_kept.html", {"destination": destination, "kept": kept})


def _page(request: HttpRequest, form: SignInForm, kept: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "next": request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, "")),
        "ended": why_ended(request.GET.get("ended", "")),
        "personas": PERSONAS if settings.IS_DEMO else (),
        "kept": kept or kept_with(request),
    }
    return render(request, "parties/sign_in.html", context)


def too_many_tries(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    seconds = max(1, round((refusal.again_at - timezone.now()).total_seconds()))
    response = render(request, "parties/too_many_tries.html", {"refusal": refusal}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _destination(request: HttpRequest) -> str:
    """The page asked for before sign-in if it is one of ours, else home."""
    asked = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else resolve_url("home")
