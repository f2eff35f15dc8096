"""People in the administration: add, give and end roles, set a password, deactivate. Never delete."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.forms import AdminUserCreationForm, SetPasswordForm
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
    OutOfScope,
    OwnRoles,
    change_details,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
    looks_after,
    reactivate_user,
    set_password,
)
from parties.services.people import DETAILS


class NewPersonForm(AdminUserCreationForm):
    """A person has to belong somewhere from the start, or every administrator could set their password."""

    usable_password = AdminUserCreationForm.create_usable_password_field(
        help_text="Without a password, nobody can sign in as this person until one is set."
    )

    class Meta:
        model = User
        fields = ("username", "home", *DETAILS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].required = True
        self.fields["usable_password"].label = "Signs in with a password"
        choice = self.fields["usable_password"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("true", "Yes, this one"), ("false", "Not yet")]


class OrganisationInScope(admin.RelatedFieldListFilter):
    """Offers the organisations that the administrator sees, not every one there is."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        seen = Organisation.objects.visible_to(request.user).order_by("name")
        return [(organisation.pk, str(organisation)) for organisation in seen]


class MembershipInline(admin.TabularInline):
    """Roles are given and ended, not altered; nobody does either to their own."""

    model = Membership
    extra = 1
    verbose_name = "role"
    verbose_name_plural = "roles"

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Organisation.objects.administered_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj != request.user and _may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj != request.user and _may_change(request, obj)


class PersonAdmin(AuditedAdmin):
    may_add = True
    add_form = NewPersonForm
    inlines = [MembershipInline]
    list_display = ["username", "display_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role", ("memberships__organisation", OrganisationInScope)]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = "A user name, a name or an e-mail address."
    actions = ["deactivate", "reactivate"]
    fieldsets = [
        (None, {"fields": ["username", "home", "password_link", "is_active"]}),
        ("Details", {"fields": DETAILS}),
        ("Dates", {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "home", "usable_password", "password1", "password2"]}),
        ("Details", {"fields": DETAILS}),
    ]

    def visible_rows(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.visible_to(request.user).prefetch_related("memberships__organisation")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """People of other organisations are seen, not changed; parties.services holds the same rule."""
        return _may_change(request, obj)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        own = Organisation.objects.administered_by(request.user)
        kwargs["queryset"] = own
        if len(own) == 1:
            kwargs["initial"] = own[0].pk
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

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
        kept = ["username", "home", "password_link", "date_joined", "last_login"]
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
            home=obj.home,
            password=form.cleaned_data.get("password1") or None,
            by=administrator(request),
            **{field: getattr(obj, field) for field in DETAILS},
        )
        obj.pk = created.pk
        obj._state.adding = False

    def _act_on(self, request: HttpRequest, people: QuerySet[User], act: Any, words: str) -> None:
        done, left = [], []
        for person in people.order_by(
            "pk"
        ):  # each in a transaction of its own: see the locks at audit.record
            try:
                act(user=person, by=administrator(request))
            except (OutOfScope, OwnRoles):
                left.append(person.username)
            else:
                done.append(person.username)
        if done:
            messages.success(request, f"{words}: {', '.join(done)}.")
        if left:
            messages.warning(
                request, f"Not yours to change, so ask another administrator: {', '.join(left)}."
            )


def _may_change(request: HttpRequest, person: Model | None) -> bool:
    """Whether the administrator may change the person; without one, whether they may change anybody."""
    if not may_administer(request):
        return False
    if not isinstance(person, User) or person.pk is None or person == request.user:
        return True
    return looks_after(administrator(request), person)
