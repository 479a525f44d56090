"""Every setting, with its unit and default. Environment: LMS_<NAME>."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Config:
    """Defaults; the comment behind a setting is what README lists."""

    SECRET_KEY = ""  # signs cookies; made by `lms init` in the instance folder
    DATABASE_URL = ""  # empty: SQLite in the instance folder; or postgresql://…
    INSTANCE_DIR = str(ROOT / "instance")  # database, secret key
    CONTENT_DIR = str(ROOT / "content")  # course files

    SITE_NAME = "Kelas ASN"  # shown in titles and the header
    BASE_URL = "http://127.0.0.1:8000"  # address in mails and on certificates
    HELP_CONTACT = (
        ""  # e-mail or phone under "Bantuan"; empty: hidden, demo: an example
    )
    BRAND = "biru"  # name of the brand ramp in tokens.css

    HOST = "127.0.0.1"  # address `lms serve` listens on
    PORT = 8000  # port `lms serve` listens on
    THREADS = 8  # worker threads of `lms serve`
    TRUSTED_PROXIES = 0  # how many proxies in front set X-Forwarded-*
    TRUSTED_HOSTS = ""  # host names answered, comma separated; empty: BASE_URL's
    TLS = False  # the site is reached by https: Secure cookies and HSTS
    DEMO = False  # demo people; only on a loopback address

    LOG = "text"  # text or json
    LOG_LEVEL = "INFO"  # DEBUG, INFO, WARNING, ERROR
    MAX_BODY_KB = 1024  # largest request body, kB
    IMPORT_MB = 30  # largest file of people that HR may upload, MB
    LOGIN_LIMIT = "60 per 5 minutes"  # failed sign-ins of one network address
    ANSWER_LIMIT = "240 per minute"  # quiz answers of one person
    API_LIMIT = "300 per minute"  # requests of one API token
    LIMIT_STORAGE = "memory://"  # redis://… when several processes serve

    SESSION_IDLE_HOURS = 12  # a learner's session ends after this long unused
    SESSION_DAYS = 7  # and at the latest after this
    STAFF_IDLE_MINUTES = 60  # the same for HR and administrators
    STAFF_HOURS = 12  # the same for HR and administrators

    WEBHOOK_PRIVATE = False  # webhooks may go to private addresses, and by http

    SMTP_URL = ""  # smtp://user:pass@host:587 or smtps://…; empty: no mail
    MAIL_FROM = ""  # sender of mails

    SURVEY_THRESHOLD = 5  # fewest people told of together: anonymous answers, runs
    RENEWAL_DAYS = 90  # before a completion runs out, from which it may be renewed

    RENDER_SECONDS = 60  # longest time to render one course at publishing
