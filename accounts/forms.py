"""The forms of the account pages: allauth's, in our words, and the few of our own."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User

LABELS = {
    "code": _("Code"),
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "name": _("Name of the key"),
    "oldpassword": _("Current password"),
    "password": _("Password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "passwordless": _("Sign in with this key alone, without the password"),
    "remember": _("Remember me on this device"),
}


def password_help():
    shortest = max(getattr(validator, "min_length", 0) for validator in get_default_password_validators())
    text = ngettext(
        "At least %(number)d character, and nothing that others would guess.",
        "At least %(number)d characters, and nothing that others would guess.",
        shortest,
    )
    return text % {"number": shortest}


class InOurWords:
    """Labels above the fields; no placeholders, they vanish as one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = password_help()


class SignInForm(InOurWords, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The link to a new password stands below the form.
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(InOurWords, account.SignupForm):
    display_name = forms.CharField(
        label=_("Your name"),
        help_text=_("As other people should see it."),
        max_length=User._meta.get_field("display_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")

    def save(self, request):
        # allauth makes the user; the name is the one thing it does not know.
        user = super().save(request)
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
        return user


class LostPasswordForm(InOurWords, account.ResetPasswordForm):
    pass


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ChangeEmailForm(InOurWords, account.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ConfirmEmailForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmLostPasswordForm(InOurWords, account.ConfirmPasswordResetCodeForm):
    pass


class ConfirmPasswordForm(InOurWords, account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class AuthenticatorCodeForm(InOurWords, mfa.AuthenticateForm):
    pass


class ConfirmCodeForm(InOurWords, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(InOurWords, BaseActivateTOTPForm):
    pass


class AddKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    pass


class RenameKeyForm(InOurWords, webauthn.EditWebAuthnForm):
    pass


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name"]
        labels = {"display_name": _("Your name")}
        help_texts = {"display_name": _("As other people should see it.")}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}
