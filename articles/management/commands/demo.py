import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import demo


class Command(BaseCommand):
    help = "Fill an empty database with a demo newsroom. DEMO_PASSWORD sets the accounts' password."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.is_filled():
            self.stdout.write("The demo newsroom is here already; nothing was changed.")
            return
        if demo.is_occupied():
            raise CommandError("This database holds articles or accounts. The demo fills an empty one only.")
        given = os.environ.get("DEMO_PASSWORD", "")
        password = given or secrets.token_urlsafe(9)
        demo.fill(password, progress=lambda line: self.stdout.write(f"{line} ..."))
        self._explain(password if not given else "the one in DEMO_PASSWORD")

    def _explain(self, password: str) -> None:
        self.stdout.write(self.style.SUCCESS("The demo newsroom is ready. Sign in as"))
        for email, _, role, _ in demo.ACCOUNTS:
            self.stdout.write(f"  {email:<26} {role or 'reader'}")
        self.stdout.write(f"Password of them all: {password}")
