"""The newsroom's roles: who may do what, as one readable table.

A role is a group of the same name that this module owns: every migrate makes its permissions equal to
the table, so change the table and not the group. Groups of other names are left alone. Readers have
no role.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor")
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    CHIEF_EDITOR = "chief editor", _("Chief editor")
    ADMINISTRATOR = "administrator", _("Administrator")


EVERYTHING = "everything"

# Each role may do all that the role above it may, and what stands here besides.
ROLES = {
    # Writes drafts and hands them in.
    Role.CONTRIBUTOR: {
        "articles.article": "view add change submit",
        "articles.credit": "view add change delete",
        "articles.furthercategory": "view add change delete",
        "articles.relatedarticle": "view add change delete",
        "articles.image": "view add change",
        "articles.author": "view",
        "articles.category": "view",
        "articles.outlet": "view",
        "articles.tag": "view",
    },
    # Also coins tags and names new sources.
    Role.AUTHOR: {
        "articles.outlet": "add",
        "articles.tag": "add",
    },
    # Works on everybody's articles and decides what readers see.
    Role.EDITOR: {
        "articles.article": "change_others review publish withdraw correct",
        "articles.author": "add change",
        "articles.correction": "view add change",
        "articles.image": "delete",
        "articles.outlet": "change",
        "articles.placement": "view add change delete",
        "articles.tag": "change",
    },
    # Also shapes the site itself.
    Role.CHIEF_EDITOR: {
        "articles.article": "delete",
        "articles.author": "delete",
        "articles.category": "add change delete",
        "articles.correction": "delete",
        "articles.menu": "view add change delete",
        "articles.menuitem": "view add change delete",
        "articles.outlet": "delete",
        "articles.page": "view add change delete",
        "articles.partnerlink": "view add change delete",
        "articles.sitesettings": "view change",
        "articles.tag": "delete",
        "accounts.user": "view",
    },
    # Also looks after people and machinery: accounts, sessions, second factors, background tasks.
    Role.ADMINISTRATOR: EVERYTHING,
}


def permissions_of(role):
    """The permissions of a role as {"app.codename"}, or EVERYTHING."""
    if ROLES[role] == EVERYTHING:
        return EVERYTHING
    ladder = list(Role)
    rows = [ROLES[each] for each in ladder[: ladder.index(role) + 1]]
    return {
        label.replace(".", f".{verb}_")
        for row in rows
        for label, verbs in row.items()
        for verb in verbs.split()
    }


def assign(user, role):
    """Give `user` this role and no other; None makes a reader of them."""
    with transaction.atomic():
        user.groups.remove(*Group.objects.filter(name__in=Role.values))
        if role is not None:
            user.groups.add(Group.objects.get(name=Role(role)))
        user.is_staff = role is not None
        user.is_superuser = user.is_superuser and role == Role.ADMINISTRATOR
        user.save(update_fields=["is_staff", "is_superuser"])


def role_of(user):
    """The user's Role, or None. Superusers need no group to be administrators."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role in names), None)


def sync(apps=installed, using="default"):
    """Make the groups equal to the table."""
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = list(
        apps.get_model("auth", "Permission").objects.using(using).select_related("content_type")
    )
    for role in Role:
        granted = permissions_of(role)
        group, _created = groups.get_or_create(name=role.value)
        group.permissions.set(p for p in permissions if granted == EVERYTHING or _label(p) in granted)


def _label(permission):
    return f"{permission.content_type.app_label}.{permission.codename}"


def sync_after_migrate(sender, using, apps=installed, **kwargs):
    # Permissions are made app by app as this signal goes round: the last round sees them all.
    if sender != [config for config in installed.get_app_configs() if config.models_module][-1]:
        return
    try:
        apps.get_model("auth", "Group")
    except LookupError:  # somebody migrates a few apps by hand and auth is not among them yet
        return
    # Those of that last app, if our turn comes before django.contrib.auth's.
    create_permissions(sender, using=using, apps=apps, verbosity=0)
    sync(apps, using)
