"""Send one mail by SMTP."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit


def send(body: dict, smtp_url: str, sender: str) -> None:
    """Send {"to", "subject", "text"}; raises OSError or SMTPException on failure.

    body      "id", where given, names the mail for good: a server that took it, but
              died before it could say so, knows it when it comes again
    smtp_url  smtp://user:pass@host:587 (STARTTLS where offered) or smtps://…:465
    """
    message = EmailMessage()
    message["From"], message["To"] = sender, body["to"]
    message["Subject"] = body["subject"]
    message.set_content(body["text"])
    if body.get("id"):
        domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{body['id']}@{domain}>"

    parts = urlsplit(smtp_url)
    host, tls = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=20, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=20)
    try:
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=tls)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
    finally:
        _leave(server)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. The mail is taken by now: how the server answers changes nothing."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
