import re

import pytest
from django.core import mail

from accounts.models import User

PASSWORD = "correct-horse-battery"


@pytest.fixture
def reader(db):
    user = User.objects.create_user("leyla@example.com", PASSWORD, display_name="Leyla")
    user.confirm_email()
    return user


@pytest.fixture
def sign_in(client):
    """Sign in as a person does, through the form."""

    def sign_in(email="leyla@example.com", password=PASSWORD, **more):
        return client.post("/accounts/login/", {"login": email, "password": password, **more})

    return sign_in


@pytest.fixture
def confirm(client):
    """Type the password once more, as changes to the door ask for."""

    def confirm(then=""):
        return client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": then})

    return confirm


@pytest.fixture
def code():
    """The code in the newest e-mail."""

    def code():
        return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)

    return code
