"""Who: everyone who signs in, reader or staff. Personal data lives in this app and nowhere else."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail address is the name one signs in with.

    It is stored in lower case, and the database insists: that makes the plain unique index a
    case-insensitive one, on every engine and for bulk writes too.
    """

    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "There is an account with this e-mail address already."},
    )
    display_name = models.CharField("display name", max_length=100, help_text="The name other people see.")
    is_staff = models.BooleanField(
        "staff", default=False, help_text="May enter the newsroom. Set by giving a role."
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Clear this instead of deleting an account."
    )
    date_joined = models.DateTimeField("joined", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "user"
        verbose_name_plural = "users"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_lower_case",
                violation_error_message="Write the e-mail address in lower case.",
            ),
        ]

    def __str__(self):
        return self.display_name or self.email

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def confirm_email(self):
        """Take the address as confirmed: for an account made by a hand we trust, such as the demo's."""
        from allauth.account.models import EmailAddress  # its models need ours first

        EmailAddress.objects.update_or_create(
            user=self, email=self.email, defaults={"verified": True, "primary": True}
        )

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
