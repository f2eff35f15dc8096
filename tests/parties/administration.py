"""The administration's pages of people, and what their forms send."""

from django.urls import reverse

PEOPLE, ADD = "/admin/parties/user/", "/admin/parties/user/add/"
NO_ROLES = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


def one_role(organisation, role):
    return {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-organisation": organisation.pk,
        "memberships-0-role": role,
    }


def change_page(user):
    return reverse("admin:parties_user_change", args=[user.pk])
