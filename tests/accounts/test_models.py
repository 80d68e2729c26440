import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_address_is_stored_in_lower_case():
    assert User.objects.create_user("Leyla@Example.COM").email == "leyla@example.com"


def test_one_address_has_one_account_however_it_is_written(reader):
    with pytest.raises(IntegrityError):
        User.objects.create_user("LEYLA@example.com")


def test_the_database_itself_refuses_capitals(reader):
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=reader.pk).update(email="Leyla@example.com")


def test_a_second_account_is_refused_in_one_plain_sentence(reader):
    twin = User(email="LEYLA@example.com", display_name="Another")
    twin.set_unusable_password()
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert refused.value.messages == ["There is an account with this e-mail address already."]


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")


def test_a_user_is_found_however_the_address_is_written(reader):
    assert User.objects.get_by_natural_key("LEYLA@EXAMPLE.COM") == reader


def test_a_user_goes_by_the_display_name_or_else_the_address(reader):
    assert str(reader) == "Leyla"
    assert str(User(email="nobody@example.com")) == "nobody@example.com"


def test_a_superuser_is_staff():
    root = User.objects.create_superuser("root@example.com", "x")
    assert root.is_staff
    assert root.is_superuser
