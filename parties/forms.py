"""The forms for signing in and for one's own password, with errors that say what to do."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from core.forms import govuk

PASSWORD_RULES = (
    "At least 12 characters, such as a few words. Not only digits, not a well-known password, "
    "and unlike your name."
)


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": (
            "The user name or password is not right. Check both and try again; "
            "capital letters matter in the password."
        ),
        "inactive": "This account can no longer sign in. Ask your administrator.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name"
        self.fields["username"].error_messages["required"] = "Enter your user name"
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields["username"].widget.attrs.pop("autofocus", None)  # it would skip the page's own words
        govuk(self)

    def clean_username(self) -> str:
        """Django leaves the length to the browser; SQLite fails on a name too long to compare."""
        username: str = self.cleaned_data["username"]
        if len(username) > (self.username_field.max_length or 0):
            raise forms.ValidationError("The user name is too long. Check it and try again.")
        return username


class OwnPasswordForm(PasswordChangeForm):
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": "Your present password is not right. Enter it again.",
        "password_mismatch": "The two new passwords differ. Enter the same one twice.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": ("Present password", "Enter your present password"),
            "new_password1": ("New password", "Enter a new password"),
            "new_password2": ("New password again", "Enter the new password again"),
        }
        for name, (label, required) in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = required
        self.fields["new_password1"].help_text = PASSWORD_RULES
        self.fields["new_password2"].help_text = ""
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        govuk(self)
