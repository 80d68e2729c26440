from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin

from accounts.models import User
from accounts.roles import Role, assign, role_of

READER = "reader"


class UserForm(forms.ModelForm):
    role = forms.ChoiceField(
        choices=[("", "Reader"), *Role.choices], required=False, help_text="What they may do here."
    )

    class Meta:
        model = User
        fields = ["email", "display_name", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "role" in self.fields:  # it is not where the page may only be read
            self.fields["role"].initial = role_of(self.instance) or ""


class RoleFilter(admin.SimpleListFilter):
    title = "role"
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [*Role.choices, (READER, "Reader")]

    def queryset(self, request, queryset):
        if self.value() == READER:
            return queryset.filter(is_staff=False)
        if self.value() in Role.values:
            return queryset.filter(groups__name=self.value())
        return queryset


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People, by the role they have.

    Flags, groups and passwords are left out on purpose: the role sets the former, and a password is known to
    nobody but its owner, who chooses the first one through "Lost your password?".
    """

    form = UserForm
    list_display = ["email", "display_name", "role", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["email", "display_name"]
    ordering = ["email"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "display_name", "role", "is_active"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]

    @admin.display(description="role")
    def role(self, user):
        role = role_of(user)
        return role.label if role else "Reader"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request, user, form, change):
        if not change:
            user.set_unusable_password()
        super().save_model(request, user, form, change)
        if "role" in form.changed_data:
            assign(user, form.cleaned_data["role"] or None)
        if "email" in form.changed_data:
            # The old address must not open the door any longer; the new one is confirmed by its first code.
            EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
            EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
