from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import roles

        # No sender: permissions are created app by app, the roles are complete after the last one.
        post_migrate.connect(roles.sync_after_migrate, dispatch_uid="accounts.roles")
