import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken
from django.core import mail

from accounts.adapters import MFAAdapter

pytestmark = pytest.mark.django_db


def totp(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def secret(client, reader, sign_in, confirm):
    """The secret of an authenticator app that the reader, signed in, has just set up."""
    sign_in()
    confirm()
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)})
    return secret


def test_the_secret_of_an_authenticator_app_is_not_stored_in_the_clear(secret):
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)
    assert MFAAdapter().decrypt(stored.data["secret"]) == secret


def test_setting_up_an_app_makes_recovery_codes(client, secret):
    assert len(client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]) == 10


def test_taking_the_app_away_is_told_to_the_owner(client, secret):
    client.post("/accounts/2fa/totp/deactivate/")
    note = mail.outbox[-1]
    assert note.to == ["leyla@example.com"]
    assert "no longer takes a code" in note.body
    assert "http://testserver/accounts/password/reset/" in note.body


def test_the_second_step_takes_the_code_of_the_app(client, secret, sign_in):
    client.post("/accounts/logout/")
    assert sign_in().url == "/accounts/2fa/authenticate/"
    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right." in answer.content.decode()
    client.post("/accounts/2fa/authenticate/", {"code": totp(secret)})
    assert "_auth_user_id" in client.session


def test_a_secret_survives_a_change_of_key_as_long_as_the_old_one_is_kept(settings):
    stored = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 5
    settings.SECRET_KEY_FALLBACKS = [old]
    assert MFAAdapter().decrypt(stored) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        MFAAdapter().decrypt(stored)
