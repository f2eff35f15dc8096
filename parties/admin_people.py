"""People in the administration: add, give and end roles, set a password, deactivate. Never delete."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.forms import AdminUserCreationForm, SetPasswordForm
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.debug import sensitive_post_parameters

from parties.admin_base import AuditedAdmin, administrator, may_administer
from parties.models import Membership, Organisation, User
from parties.services import (
    change_details,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
    reactivate_user,
    set_password,
)

DETAILS = ("email", "first_name", "last_name")


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", *DETAILS)


class MembershipInline(admin.TabularInline):
    """Roles are given and ended, not altered; nobody does either to their own."""

    model = Membership
    extra = 1
    verbose_name = "role"
    verbose_name_plural = "roles"

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Organisation.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request) and obj != request.user

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request) and obj != request.user


class PersonAdmin(AuditedAdmin):
    may_add = True
    add_form = NewPersonForm
    inlines = [MembershipInline]
    list_display = ["username", "display_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role", "memberships__organisation"]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = "A user name, a name or an e-mail address."
    actions = ["deactivate", "reactivate"]
    fieldsets = [
        (None, {"fields": ["username", "password_link", "is_active"]}),
        ("Details", {"fields": DETAILS}),
        ("Dates", {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Details", {"fields": DETAILS}),
    ]

    def visible_rows(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.visible_to(request.user).prefetch_related("memberships__organisation")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A person who also sits in an organisation out of scope is not this administrator's to change."""
        return may_administer(request) and (not isinstance(obj, User) or _within_scope(request, obj))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = self.add_form
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return []
        kept = ["username", "password_link", "date_joined", "last_login"]
        return [*kept, "is_active"] if obj == request.user else kept

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            self._create(request, obj, form)
            return
        change_details(
            user=obj, by=administrator(request), **{field: getattr(obj, field) for field in DETAILS}
        )
        if "is_active" in form.changed_data:
            act = reactivate_user if form.cleaned_data["is_active"] else deactivate_user
            act(user=obj, by=administrator(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        granted = formset.save(commit=False)
        for membership in formset.deleted_objects:
            end_membership(membership=membership, by=administrator(request))
        for membership in granted:
            grant_membership(
                user=membership.user,
                organisation=membership.organisation,
                role=membership.role,
                by=administrator(request),
            )

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        return "; ".join(str(membership) for membership in person.memberships.all())

    @admin.display(description="password")
    def password_link(self, person: User) -> str:
        if person.is_persona:
            return "None: a demonstration persona"
        address = reverse("admin:parties_user_password", args=[person.pk])
        words = "Set a new password" if person.has_usable_password() else "None yet. Set one"
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.action(description="Deactivate: they can no longer sign in")
    def deactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        self._act_on(request, people, deactivate_user, "Can no longer sign in")

    @admin.action(description="Reactivate: they can sign in again")
    def reactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        self._act_on(request, people, reactivate_user, "Can sign in again")

    def get_urls(self) -> list[URLPattern]:
        set_a_password = self.admin_site.admin_view(self.set_password_view)
        return [
            path("<int:number>/password/", set_a_password, name="parties_user_password"),
            *super().get_urls(),
        ]

    @method_decorator(sensitive_post_parameters())
    def set_password_view(self, request: HttpRequest, number: int) -> HttpResponse:
        person = self.visible_rows(request).filter(pk=number, is_persona=False).first()
        if person is None or not self.has_change_permission(request, person):
            raise Http404
        form = SetPasswordForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            set_password(user=person, password=form.cleaned_data["new_password1"], by=administrator(request))
            messages.success(request, f"{person.username} signs in with the new password from now on.")
            return HttpResponseRedirect(reverse("admin:parties_user_change", args=[number]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"New password for {person.username}",
            "form": form,
            "person": person,
            "opts": self.opts,
        }
        return render(request, "parties/admin_password.html", context)

    def _create(self, request: HttpRequest, obj: User, form: Any) -> None:
        created = create_user(
            username=obj.username,
            password=form.cleaned_data.get("password1") or None,
            by=administrator(request),
            **{field: getattr(obj, field) for field in DETAILS},
        )
        obj.pk = created.pk
        obj._state.adding = False

    def _act_on(self, request: HttpRequest, people: QuerySet[User], act: Any, words: str) -> None:
        done, left = [], []
        with transaction.atomic():
            for person in people:
                if person == request.user or not _within_scope(request, person):
                    left.append(person.username)
                    continue
                act(user=person, by=administrator(request))
                done.append(person.username)
        if done:
            messages.success(request, f"{words}: {', '.join(done)}.")
        if left:
            messages.warning(
                request, f"Not yours to change, so ask another administrator: {', '.join(left)}."
            )


def _within_scope(request: HttpRequest, person: User) -> bool:
    visible = Organisation.objects.visible_to(request.user).values("pk")
    return not person.memberships.exclude(organisation__in=visible).exists()
