"""What can be done to an article at the desk: the verbs of the workflow as buttons and list actions.

Nothing is decided here but who is offered what, and when; the verbs themselves check again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from articles import workflow
from articles.admin import state
from articles.models import Article

Status = Article.Status


@dataclass(frozen=True)
class Act:
    name: str
    label: str
    verb: Callable[..., None]
    done: str
    permission: str
    statuses: frozenset[str]
    is_next: bool = False  # the act that carries the article forward, set apart from the others

    @property
    def button(self) -> str:
        """The name that the button of the change form submits."""
        return f"_{self.name}"

    def is_open_to(self, user: Any, article: Article) -> bool:
        return article.status in self.statuses and user.has_perm(f"articles.{self.permission}")


def _publish(article: Article, *, by: Any) -> None:
    """At the publication time in the form, which may lie ahead or, for an older piece, behind; else now."""
    workflow.publish(article, by=by, at=article.published_at)


ACTS = [
    Act(
        "submit", "Submit for review", workflow.submit, "handed in for review",
        "submit_article", frozenset({Status.DRAFT}), is_next=True,
    ),
    Act(
        "send_back", "Send back", workflow.send_back, "sent back to its author",
        "review_article", frozenset({Status.IN_REVIEW, Status.READY}),
    ),
    Act(
        "approve", "Approve", workflow.approve, "approved",
        "review_article", frozenset({Status.IN_REVIEW}),
    ),
    Act(
        "unschedule", "Take off the schedule", workflow.unschedule, "taken off the schedule",
        "publish_article", frozenset({Status.PUBLISHED}),
    ),
    Act(
        "mark_breaking", "Mark as breaking", workflow.mark_breaking, "marked as breaking",
        "publish_article", frozenset({Status.PUBLISHED}),
    ),
    Act(
        "end_breaking", "No longer breaking", workflow.end_breaking, "taken off breaking news",
        "publish_article", frozenset({Status.PUBLISHED}),
    ),
    Act(
        "publish", "Publish", _publish, "published",
        "publish_article", frozenset(Status) - {Status.PUBLISHED}, is_next=True,
    ),
]  # fmt: skip


def withdraw(note: str) -> Act:
    """The act of withdrawing with that note for readers, which is asked for on a page of its own."""
    verb = partial(workflow.withdraw, note=note)
    return Act("withdraw", "Withdraw", verb, "withdrawn", "withdraw_article", frozenset({Status.PUBLISHED}))


def open_to(user: Any, article: Article) -> list[Act]:
    """The acts that the person is offered for the article as it stands."""
    # Of these the status alone does not tell.
    apt = {
        "unschedule": article.is_scheduled,
        "mark_breaking": article.is_public and not article.is_breaking,
        "end_breaking": article.is_breaking,
    }
    acts = [act for act in ACTS if apt.get(act.name, True) and act.is_open_to(user, article)]
    if any(act.name == "publish" for act in acts):
        # Whoever may publish hands in to nobody.
        acts = [act for act in acts if act.name != "submit"]
    return acts


def outcome(act: Act, article: Article) -> str:
    """The sentence that tells what was done."""
    if act.name == "publish" and article.is_scheduled:
        return f"“{article}” is scheduled."
    if act.name == "mark_breaking":
        return f"“{article}” is breaking until {state.moment(article.breaking_until)}."
    return f"“{article}” is {act.done}."
