"""How often someone may try to sign in: each try is counted in the database before the password is looked at.

Two counts run side by side: one user name from one address, and one address whatever the name. A name is
never locked for other addresses, so nobody can shut a named person out. A window runs from its first try.
"""

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from audit.services import record
from parties.models import SignInTries, User


@dataclass(frozen=True)
class Refusal:
    again_at: datetime
    is_first: bool  # of this window, so that the audit trail gets one entry
    whatever_the_name: bool  # the address tried too often, not this name from there


def count_try(username: str, address: str, now: datetime) -> Refusal | None:
    """Counts one try. None if it may go ahead; else when the next one may, and the password isn't checked.

    Holds under parallel tries: adding one and reading the count back happen under the lock of the row.
    """
    whole_address = _address_key(address)
    limits = (
        (whole_address, settings.SIGN_IN_TRIES_PER_ADDRESS),
        (_pair_key(username, address), settings.SIGN_IN_TRIES_PER_PERSON),
    )
    for key, limit in limits:
        row = _add_one(key, now)
        if row.tries > limit:
            return Refusal(
                again_at=row.opened_at + _window(),
                is_first=row.tries == limit + 1,
                whatever_the_name=key == whole_address,
            )
    return None


def forgive(username: str, address: str) -> None:
    """After the right password: the pair starts afresh, and the try doesn't count against the address."""
    SignInTries.objects.filter(key=_pair_key(username, address)).delete()
    SignInTries.objects.filter(key=_address_key(address), tries__gt=0).update(tries=F("tries") - 1)


@transaction.atomic
def note_refusal(*, username: str, by: User | str = "sign-in page", doing: str = "Signing in") -> None:
    """One entry in the audit trail when a limit is first reached; names only people who exist.

    What was typed for a user name may be a password, so it isn't kept.
    """
    user = User.objects.filter(username__iexact=as_looked_up(username)).first()
    whom = user.username if user else "a user name that nobody has"
    record(
        by=by,
        action="session.refused",
        subject=user or ("parties.user", "unknown"),
        summary=f"{doing} as {whom} was refused after too many tries from one address.",
    )


def clear_old(now: datetime) -> int:
    """Deletes the counts whose window has ended and says how many."""
    count, _ = SignInTries.objects.filter(opened_at__lte=now - _window()).delete()
    return count


def as_looked_up(username: str) -> str:
    """The user name that the sign-in form makes of what was typed, so that no spelling gets tries of its own.

    Blanks at the ends and variants of a letter in Unicode make no difference there, nor does anything past
    the length of the longest name.
    """
    longest = User._meta.get_field("username").max_length
    return unicodedata.normalize("NFKC", username.replace("\0", "").strip()[:longest]).strip()


def client_address(request: HttpRequest) -> str:
    """Where the request comes from. Behind proxies, what the outermost trusted one saw.

    TRUSTED_PROXY_COUNT proxies each add the address that they saw to the end of X-Forwarded-For.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXY_COUNT
    if not proxies:
        return nearest
    seen = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    try:
        return str(ipaddress.ip_address(_without_port(seen[-proxies])))
    except (IndexError, ValueError):
        return nearest


def _without_port(entry: str) -> str:
    """Some proxies add the port: "203.0.113.7:4711", "[2001:db8::7]:4711"."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry


def _add_one(key: str, now: datetime) -> SignInTries:
    # One row for each transaction, so that two of them never wait for each other.
    with transaction.atomic():
        _insert_or_add(key, now)
        row = SignInTries.objects.filter(key=key)
        row.filter(opened_at__lte=now - _window()).update(opened_at=now, tries=1)
        return row.get()


def _insert_or_add(key: str, now: datetime) -> None:
    # One statement, after which the row is there and locked: between two, somebody else's right password or
    # clearing of old counts could delete it. Django's own upsert can't add to what a row holds.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO parties_signintries (key, opened_at, tries) VALUES (%s, %s, 1) "
            "ON CONFLICT (key) DO UPDATE SET tries = parties_signintries.tries + 1",
            [key, connection.ops.adapt_datetimefield_value(now)],
        )


def _window() -> timedelta:
    return timedelta(seconds=settings.SIGN_IN_WINDOW_SECONDS)


def _address_key(address: str) -> str:
    return _key("address", _network(address))


def _pair_key(username: str, address: str) -> str:
    # By way of capitals, as PostgreSQL compares: the dotless i has the capital of the dotted one.
    return _key("pair", as_looked_up(username).upper().casefold(), _network(address))


def _key(*words: str) -> str:
    return salted_hmac("parties.limits", "\0".join(words), algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """An IPv6 customer has a whole /64 to try from, which counts as one address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    # An IPv4 address that reached an IPv6 socket: all of them lie in one /64.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
