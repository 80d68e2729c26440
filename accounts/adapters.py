"""How allauth, which runs the doors, is fitted to this site."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both, or ask for a new password."
        ),
        "email_taken": _("There is an account with this e-mail address already."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Check it, or ask for a new one."),
        "incorrect_password": _("This password is not right."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
        "same_as_current": _("Write an address other than the current one."),
        "too_many_login_attempts": _("Too many attempts to sign in. Wait a few minutes and try again."),
    }


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps unreadable to whoever sees only the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher():
    # Old secrets stay readable while their key stands in SECRET_KEY_FALLBACKS.
    return MultiFernet(
        Fernet(_key(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    )


def _key(secret):
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.mfa").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
