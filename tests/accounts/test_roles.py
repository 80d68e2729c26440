from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from accounts import roles
from accounts.models import User
from accounts.roles import Role, assign, permissions_of, role_of

pytestmark = pytest.mark.django_db

PLUMBING = [
    "account.view_emailaddress",
    "mfa.view_authenticator",
    "sessions.view_session",
    "usersessions.view_usersession",
    "django_tasks_database.view_dbtaskresult",
    "accounts.change_user",
]


def codenames(group):
    return {roles._label(p) for p in group.permissions.select_related("content_type")}


@pytest.fixture
def member(db):
    """A member of staff with the given role, fresh from the database."""

    def member(role):
        user = User.objects.create_user(f"{role.name}@example.com", "x")
        assign(user, role)
        return User.objects.get(pk=user.pk)

    return member


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_a_migrated_database_has_every_role_as_the_table_says(role):
    assert codenames(Group.objects.get(name=role)) == permissions_of(role)


def test_an_administrator_holds_every_permission_there_is():
    everything = Group.objects.get(name=Role.ADMINISTRATOR).permissions.count()
    assert everything == Permission.objects.count()


def test_each_role_may_do_what_the_one_below_it_may():
    ladder = [permissions_of(role) for role in Role if role != Role.ADMINISTRATOR]
    assert all(lower < higher for lower, higher in pairwise(ladder))


def test_syncing_again_changes_nothing():
    before = {group.name: codenames(group) for group in Group.objects.all()}
    call_command("migrate", verbosity=0)
    assert {group.name: codenames(group) for group in Group.objects.all()} == before


def test_syncing_mends_a_group_that_left_the_table():
    group = Group.objects.get(name=Role.CONTRIBUTOR)
    group.permissions.set(Permission.objects.filter(codename="delete_user"))
    roles.sync()
    assert codenames(group) == permissions_of(Role.CONTRIBUTOR)


def test_groups_of_other_names_are_left_alone():
    ours = Group.objects.create(name="photographers")
    ours.permissions.set(Permission.objects.filter(codename="view_user"))
    roles.sync()
    assert codenames(ours) == {"accounts.view_user"}


def test_roles_are_synced_by_the_last_app_only(django_assert_num_queries):
    first = next(iter(apps.get_app_configs()))
    with django_assert_num_queries(0):
        roles.sync_after_migrate(sender=first, using="default")


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            Role.CONTRIBUTOR,
            ["articles.add_article", "articles.submit_article", "articles.add_image"],
            ["articles.publish_article", "articles.change_others_article", "articles.add_tag"],
        ),
        (
            Role.AUTHOR,
            ["articles.submit_article", "articles.add_tag", "articles.add_outlet"],
            ["articles.review_article", "articles.publish_article", "articles.add_placement"],
        ),
        (
            Role.EDITOR,
            [
                "articles.change_others_article",
                "articles.review_article",
                "articles.publish_article",
                "articles.withdraw_article",
                "articles.correct_article",
                "articles.add_placement",
                "articles.add_author",
            ],
            [
                "articles.change_category",
                "articles.change_menu",
                "articles.change_sitesettings",
                "accounts.view_user",
            ],
        ),
        (
            Role.CHIEF_EDITOR,
            [
                "articles.change_category",
                "articles.change_menu",
                "articles.change_page",
                "articles.add_partnerlink",
                "articles.change_sitesettings",
                "accounts.view_user",
            ],
            PLUMBING,
        ),
        (Role.ADMINISTRATOR, ["articles.publish_article", *PLUMBING], []),
    ],
)
def test_a_role_opens_its_doors_and_no_others(member, role, may, may_not):
    user = member(role)
    assert user.is_staff
    assert [each for each in may if not user.has_perm(each)] == []
    assert [each for each in may_not if user.has_perm(each)] == []


def test_a_new_role_replaces_the_old_one(member):
    user = member(Role.EDITOR)
    assign(user, Role.CONTRIBUTOR)
    assert [group.name for group in user.groups.all()] == ["contributor"]


def test_no_role_makes_a_reader(member):
    user = member(Role.EDITOR)
    assign(user, None)
    assert not user.is_staff
    assert role_of(user) is None


def test_other_groups_survive_a_change_of_role(member):
    user = member(Role.EDITOR)
    user.groups.add(Group.objects.create(name="photographers"))
    assign(user, Role.AUTHOR)
    assert {group.name for group in user.groups.all()} == {"author", "photographers"}


def test_an_unknown_role_is_refused(reader):
    with pytest.raises(ValueError, match="sub-editor"):
        assign(reader, "sub-editor")


def test_a_superuser_counts_as_administrator_until_given_another_role():
    root = User.objects.create_superuser("root@example.com", "x")
    assert role_of(root) == Role.ADMINISTRATOR
    assign(root, Role.EDITOR)
    assert not root.is_superuser
    assert role_of(root) == Role.EDITOR
