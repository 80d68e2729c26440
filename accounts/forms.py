"""The forms of the account pages: allauth's, in our words, and the few of our own."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators

from accounts.models import User

LABELS = {
    "code": "Code",
    "email": "E-mail address",
    "login": "E-mail address",
    "name": "Name of the key",
    "oldpassword": "Current password",
    "password": "Password",
    "password1": "New password",
    "password2": "New password, once more",
    "passwordless": "Sign in with this key alone, without the password",
    "remember": "Remember me on this device",
}


def password_help():
    shortest = max(getattr(validator, "min_length", 0) for validator in get_default_password_validators())
    return f"At least {shortest} characters, and nothing that others would guess."


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
        label="Your name",
        help_text="As other people should see it.",
        max_length=User._meta.get_field("display_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Password"

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
        self.fields["email"].label = "New e-mail address"


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
        labels = {"display_name": "Your name"}
        help_texts = {"display_name": "As other people should see it."}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}
