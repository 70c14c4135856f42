"""django-allauth, made to write its letters into our outbox."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.template.loader import render_to_string

from opw.accounts.models import User
from opw.mail.actions import post
from opw.mail.compose import letter_of
from opw.mail.models import Topic


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts as allauth keeps them; its letters go through the outbox like all others."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter of this template to this address.

        Every one is a letter of its own: asking twice for a new password is answered twice. Its links are secrets.
        """
        context = context | {"email": email, "site_name": settings.SITE_NAME}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        heading, *paragraphs = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
        recipient = User.objects.filter(email__iexact=email).first()
        post(
            [
                letter_of(
                    key=f"account:{uuid.uuid4()}",
                    topic=Topic.ACCOUNT,
                    recipient_id=recipient.pk if recipient else None,
                    to=email,
                    subject=subject,
                    heading=heading,
                    paragraphs=paragraphs,
                    is_secret=True,
                )
            ]
        )
