"""One file for every machine: what differs between two of them is an environment variable.

.env.example lists the variables. `make run` needs none of them: it keeps what it decided in
DATA_DIR/run.env, which is read here as well, so that manage.py speaks to the same site.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.urls import reverse_lazy
from whitenoise.compress import Compressor

from azemedia import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = (BASE_DIR / environment.text("DATA_DIR", "var")).resolve()
environment.read_file(DATA_DIR / "run.env")

# This machine ---------------------------------------------------------------

DEBUG = environment.boolean("DEBUG", default=False)

SECRET_KEY = environment.text(
    "SECRET_KEY",
    default="for development only, never for a site that others can reach" if DEBUG else None,
    takes="at least 50 random characters (`make run` makes its own; DEBUG=true does without)",
)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")

ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS",
    default="localhost,127.0.0.1,[::1]" if DEBUG else None,
    takes="the host names that the site answers to, separated by commas",
)

SITE = environment.origin(
    "SITE_URL", default="http://localhost:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('*.')}"
)
SITE_URL = SITE.geturl()
HTTPS = SITE.scheme == "https"

DATABASES = {"default": environment.database("DATABASE_URL", DATA_DIR / "azemedia.sqlite3")}
REDIS_URL = environment.text("REDIS_URL")
CACHES = {"default": environment.cache("REDIS_URL", DATA_DIR / "cache")}
# Whole pages, until what they show changes. Templates that are being written change untold.
PAGE_CACHE = environment.boolean("PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_PAGES = environment.number("PAGE_CACHE_PAGES", 20_000)
PAGE_CACHE_BYTES = environment.number("PAGE_CACHE_MB", 1024) * 1024 * 1024
# Of them, what each process keeps in its own memory.
PAGE_CACHE_MEMORY = environment.number("PAGE_CACHE_MEMORY_MB", 16) * 1024 * 1024
PAGE_CACHE_SECONDS = 24 * 60 * 60
# Who is told when a page goes: a cache of somebody else between us and the readers.
PURGE_URL = environment.purge_url("PURGE_URL")

# EMAIL_BACKEND, EMAIL_HOST and their like.
globals().update(environment.email("EMAIL_URL", DATA_DIR / "mail"))
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"AzeMedia <noreply@{SITE.hostname}>")
SERVER_EMAIL = environment.text("SERVER_EMAIL", DEFAULT_FROM_EMAIL)
ADMINS = environment.addresses("ADMINS")

# The application ------------------------------------------------------------

INSTALLED_APPS = [
    "articles",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_permissions_policy",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "lucide",
    "taggit",
    "azemedia.apps.NewsroomConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    # Before staticfiles, so that runserver serves static files as gunicorn does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # For FORM_RENDERER: the templates of the fields that we do not draw ourselves.
    "django.forms",
]

MIDDLEWARE = [
    "azemedia.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "azemedia.middleware.TextGZipMiddleware",
    "articles.middleware.TagsWhatIsNotKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.PersonalPages",
    "articles.middleware.AccountsInSiteLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "articles.middleware.ChangesShowAtOnce",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "azemedia.middleware.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "azemedia.urls"
WSGI_APPLICATION = "azemedia.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "azemedia.jinja2.environment",
            "context_processors": ["articles.context_processors.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context_processors.site",
            ],
        },
    },
]
# Form fields may be drawn by templates of ours, found in templates/ like every other.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Words, dates and numbers ---------------------------------------------------

# The desk's, and the default of a site; each site chooses its own in its settings, no reader's browser does.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("az", "Azerbaijani"), ("ru", "Russian")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["azemedia.formats"]
TIME_ZONE = environment.time_zone("TIME_ZONE", "Asia/Baku")

TAGGIT_CASE_INSENSITIVE = True

# Files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Our own view answers at /media/ in any case: a CDN may ask there.
MEDIA_URL = environment.media_url("MEDIA_URL", "/media/")
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": environment.media_storage("MEDIA_BUCKET_URL"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "azemedia.storage.StaticStorage"
    },
}
# For addresses that browsers ask for unasked, such as /favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
# Every reference goes by the hashed name, and nobody waits for source maps: a third of the work.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = ["azemedia.uploads.PictureUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# People ---------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("profile")
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE.scheme
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailForm",
    "reset_password": "accounts.forms.LostPasswordForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmLostPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticatorCodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "AzeMedia"
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers allow passkeys without TLS for localhost only, which is how the demo is looked at.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Between us and the reader --------------------------------------------------

# How many proxies of our own stand in front: as many forwarded addresses are believed, and no more.
TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 365 * 24 * 60 * 60) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The prefix makes the browser itself refuse a cookie that another host or plain http tries to plant.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("session", "csrf")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True

MEDIA_ORIGINS = [MEDIA_URL[: -len(urlsplit(MEDIA_URL).path)]] if "://" in MEDIA_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MEDIA_ORIGINS],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # Players load only after a click; until then a page asks nothing of them.
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": HTTPS,
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}

# What it says while it runs -------------------------------------------------

LOG_FORMAT = environment.choice("LOG_FORMAT", "text", ("text", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "azemedia.logs.RequestIdFilter"}},
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"},
        "json": {"()": "azemedia.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": LOG_FORMAT},
        "mail_admins": {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR"},
    },
    "root": {
        "handlers": ["console"],
        "level": environment.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django": {"handlers": ["mail_admins"], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["console"], "propagate": False},
        # Django leaves it to the server to drop the body of a HEAD: nothing to warn of, each time.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
