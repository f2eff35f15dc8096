"""Tokens for programs that read the API in a person's name. Only a hash is stored."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from knox.models import AuthToken

from audit.services import record
from parties.models import User
from parties.services.scope import refuse_to_change


@transaction.atomic
def create_token(*, user: User, by: User | str, days: int = 365) -> str:
    """The token, which nobody can read again. It may do what the person may, until it runs out.

    Raises ValidationError for someone who can't sign in, and for demonstration personas.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if by != user:
        refuse_to_change(locked, by)
    if not locked.is_active or locked.is_persona:
        raise ValidationError(f"{user.username} can't have a token: deactivated, or a demonstration persona.")
    stored, token = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    record(
        by=by,
        action="token.created",
        subject=user,
        summary=f"A token for the API was made for {user.username}; it runs out in {days} days.",
        changes={"token": stored.token_key, "runs_out": stored.expiry},
    )
    return str(token)


@transaction.atomic
def revoke_tokens(*, user: User, by: User | str) -> int:
    """Ends every token of the person at once, and says how many there were."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if by != user:
        refuse_to_change(locked, by)
    count = delete_tokens(user)
    if count:
        record(
            by=by,
            action="token.revoked",
            subject=user,
            summary=f"{user.username}'s tokens for the API were revoked: {count}.",
            changes={"tokens_revoked": count},
        )
    return count


def delete_tokens(user: User) -> int:
    """For a service that writes the audit entry itself."""
    count, _ = AuthToken.objects.filter(user=user).delete()
    return count
