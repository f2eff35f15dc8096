from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from parties.demonstration import PERSONAS
from parties.forms import SignInForm
from parties.gate import LOST, form_stands_on
from parties.kept_typing import Typing, kept_with, page_at, participant_at
from parties.limits import Refusal, clear_old, client_address, count_try, forgive, note_refusal
from parties.models import User
from parties.sessions import begin_session, end_session, why_ended
from parties.views.giving_on import asked, give_on, sends, where_to

# Forms that carry along what was typed before.
SIGN_IN_FORMS = ("sign-in", "sign-in-again", "continue-as")


@sensitive_post_parameters()
@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for user name and password, and leads back to the page that was asked for."""
    if request.user.is_authenticated:
        return _on_from_here(request, kept_with(request))
    if request.method != "POST":
        return _page(request, SignInForm(request))
    username = request.POST.get("username", "")
    address, now = client_address(request), clock.real_now()
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
    return _on_from_here(request, kept_with(request))


@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Asks somebody to sign in whose session had ended when they sent a form; what they typed goes along."""
    if request.method != "POST":  # its address was opened anew: nothing goes along
        return HttpResponseRedirect(f"{resolve_url('sign-in')}?{request.GET.urlencode()}")
    if request.user.is_authenticated:  # they signed in again in another tab
        return _on_from_here(request, _kept(request))
    return _page(request, SignInForm(request), _kept(request))


@form_stands_on("account")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return HttpResponseRedirect(resolve_url("sign-in") + "?ended=signed-out")


@never_cache
@form_stands_on("sign-in")
@require_POST
def continue_as(request: HttpRequest) -> HttpResponse:
    """The demonstration's door: in as a persona, without a password. It exists in the demonstration only."""
    if not settings.IS_DEMO:
        raise Http404
    persona = request.POST.get("persona", "").replace("\0", "")  # which PostgreSQL takes in no text
    user = get_object_or_404(User.objects.filter(is_persona=True, is_active=True), username=persona)
    begin_session(request, user)
    return _on_from_here(request, kept_with(request))


def form_expired(request: HttpRequest) -> HttpResponse | None:
    """Gives on what was sent by a form whose token ran out, most often after a sign-in in another tab.

    None for a form of no contract's page. Nothing is written without the person seeing what it is.
    """
    kept = _kept(request)
    if not kept:
        return None
    if request.user.is_authenticated:
        return give_on(request, kept, expired=True)
    return _page(request, SignInForm(request), kept, status=403)


def _kept(request: HttpRequest) -> str:
    """What is carried along, or what this very form was sent with; empty for a form that isn't kept."""
    if request.resolver_match and request.resolver_match.url_name in SIGN_IN_FORMS and kept_with(request):
        return kept_with(request)
    again = request.path == resolve_url("sign-in-again")
    address = request.GET.get(REDIRECT_FIELD_NAME, "") if again else request.get_full_path()
    if page_at(address) is None:
        return ""
    return Typing.sent(address, request).sealed()


def _on_from_here(request: HttpRequest, kept: str) -> HttpResponse:
    """To the page asked for; with what was sent before, through a page that shows it or says that it was not done."""
    if kept:
        return give_on(request, kept)
    destination = where_to(request)
    if page_at(destination) and participant_at(request.user, destination) is None:
        return render(request, "parties/page_of_another_role.html")
    return HttpResponseRedirect(destination)


def _page(request: HttpRequest, form: SignInForm, kept: str = "", status: int = 200) -> HttpResponse:
    kept = kept or kept_with(request)
    typing = Typing.unsealed(kept) if kept else None
    context: dict[str, Any] = {
        "form": form,
        "next": asked(request),
        "ended": why_ended(request.GET.get("ended", "")),
        "personas": PERSONAS if settings.IS_DEMO else (),
        "kept": kept,
        "typing": typing,
        "sends": sends(typing),
        "lost": LOST in request.GET,
    }
    return render(request, "parties/sign_in.html", context, status=status)


def too_many_tries(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    seconds = max(1, round((refusal.again_at - clock.real_now()).total_seconds()))
    context = {"refusal": refusal, "next": asked(request), "kept": kept_with(request)}
    response = render(request, "parties/too_many_tries.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
