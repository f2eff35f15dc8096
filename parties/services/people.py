"""People and their roles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal

from audit.services import record
from parties.models import Membership, Organisation, User
from parties.roles import Role
from parties.services.scope import refuse_organisation, refuse_to_change
from parties.services.tokens import delete_tokens

DETAILS = ("email", "first_name", "last_name")

# Sent while somebody is shut out, within the transaction and before its audit entry: ``user`` is the locked row. Each
# receiver ends what opens a door of its own without signing in, and answers what the trail is to say of it.
shut_out = Signal()


class OwnRoles(ValidationError):
    """Nobody changes their own roles or access, so nobody gains a role alone and an administrator is left."""

    def __init__(self) -> None:
        super().__init__("You can't change your own roles or access. Ask another administrator.", "own_roles")


@transaction.atomic
def create_user(
    *,
    username: str,
    by: User | str,
    home: Organisation | None = None,
    password: str | None = None,
    is_persona: bool = False,
    **details: str,
) -> User:
    """A person without any role yet; without a password, nobody can sign in as them until one is set.

    `home` is the organisation whose administrators look after them while they hold no role; a command may
    leave it to their first role. Raises ValidationError for a user name that is taken, in any case of its
    letters, or holds odd characters; OutOfScope where `by` isn't an administrator of `home`. `details` are any of
    DETAILS.
    """
    if unknown := set(details) - set(DETAILS):
        raise TypeError(f"A person has no {', '.join(sorted(unknown))}.")
    refuse_organisation(home, by)
    user = User(username=username, home=home, is_persona=is_persona, **details)
    user.set_password(password)  # None gives an unusable one
    user.full_clean()
    user.save(force_insert=True)
    record(
        by=by,
        action="person.created",
        subject=user,
        summary=f"{username} was added.",
        changes={"username": username, "persona": is_persona},
    )
    return user


@transaction.atomic
def change_details(*, user: User, by: User | str, email: str, first_name: str, last_name: str) -> None:
    """Name and address. The trail says only that they changed, not what they were: they are personal."""
    wanted = {"email": email, "first_name": first_name, "last_name": last_name}
    before = _lock(user)
    if not _is_same(user, by):
        refuse_to_change(before, by)
    changed = [field for field, value in wanted.items() if getattr(before, field) != value]
    if not changed:
        return
    for field, value in wanted.items():
        setattr(user, field, value)
    user.full_clean()
    user.save(update_fields=list(wanted))
    words = ", ".join(field.replace("_", " ") for field in changed)
    record(
        by=by,
        action="person.details_changed",
        subject=user,
        summary=f"{user.username}'s details were changed: {words}.",
        changes={"fields": changed},
    )


@transaction.atomic
def set_password(*, user: User, password: str, by: User | str) -> None:
    """Signs every session of theirs out; the caller keeps their own by update_session_auth_hash.

    Set by another, it shuts out whoever had the old one altogether: their tokens are revoked as well, and the
    address of their calendar ends.
    """
    own = _is_same(user, by)
    locked = _lock(user)
    if not own:
        refuse_to_change(locked, by)
    user.set_password(password)
    user.full_clean()
    user.save(update_fields=["password"])
    shut = {"tokens_revoked": 0} if own else _shut_out(locked)
    record(
        by=by,
        action="person.password_set",
        subject=user,
        summary=f"A new password was set for {user.username}.",
        changes=shut,
    )


def deactivate_user(*, user: User, by: User | str) -> None:
    """Ends their access at once: sessions stop at the next request, tokens and their calendar's address are gone."""
    _set_active(user, False, by)


def reactivate_user(*, user: User, by: User | str) -> None:
    """Lets them sign in again, with the roles they had; tokens and the calendar's address have to be made anew."""
    _set_active(user, True, by)


@transaction.atomic
def grant_membership(*, user: User, organisation: Organisation, role: str, by: User | str) -> Membership:
    """Raises ValidationError for a role that the kind of organisation lacks, or that is held already.

    OutOfScope where `by` isn't an administrator of the organisation, or the person belongs to another.
    """
    _refuse_own(user, by)
    locked = _lock(user)
    refuse_organisation(organisation, by)
    refuse_to_change(locked, by)
    membership = Membership(user=user, organisation=organisation, role=role)
    membership.full_clean()
    membership.save(force_insert=True)
    if locked.home_id is None:
        _give_home(user, organisation)
    record(
        by=by,
        action="membership.granted",
        subject=user,
        summary=f"{user.username} became {Role(role).label.lower()} in {organisation}.",
        changes={"organisation": organisation.code, "role": [None, role]},
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User | str) -> None:
    _refuse_own(membership.user, by)
    user, organisation, role = membership.user, membership.organisation, membership.role
    refuse_to_change(_lock(user), by)
    membership.delete()
    if not user.memberships.exists():
        _give_home(user, organisation)
    record(
        by=by,
        action="membership.ended",
        subject=user,
        summary=f"{user.username} is no longer {Role(role).label.lower()} in {organisation}.",
        changes={"organisation": organisation.code, "role": [role, None]},
    )


@transaction.atomic
def _set_active(user: User, active: bool, by: User | str) -> None:
    _refuse_own(user, by)
    refuse_to_change(_lock(user), by)
    if not User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
        return  # it was so already
    user.is_active = active
    shut = {"tokens_revoked": 0} if active else _shut_out(user)
    record(
        by=by,
        action="person.reactivated" if active else "person.deactivated",
        subject=user,
        summary=f"{user.username} {'can sign in again' if active else 'can no longer sign in'}.",
        changes={"is_active": [not active, active], **shut},
    )


def _shut_out(user: User) -> dict[str, Any]:
    """Ends what opens a door without the person signing in, and says for the trail what there was."""
    said: dict[str, Any] = {"tokens_revoked": delete_tokens(user)}
    answers: list[tuple[Any, Any]] = shut_out.send(User, user=user)
    for _, ended in answers:
        said |= ended
    return said


def _refuse_own(user: User, by: User | str) -> None:
    if _is_same(user, by):
        raise OwnRoles


def _is_same(user: User, by: User | str) -> bool:
    return not isinstance(by, str) and by.pk == user.pk


def _lock(user: User) -> User:
    """The person's row as it stands, locked: each write about a person starts with this (see audit.record)."""
    return User.objects.select_for_update().get(pk=user.pk)


def _give_home(user: User, organisation: Organisation) -> None:
    User.objects.filter(pk=user.pk).update(home=organisation)
    user.home = organisation
