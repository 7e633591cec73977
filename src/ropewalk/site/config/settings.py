"""Settings of the site. The only place of the site that reads the environment.

ROPEWALK_STORE          folder of the store (manifest and DuckDB file)
ROPEWALK_UPLOADS        folder where files sent by schools wait until they are dealt with
DATABASE_URL            postgresql://… for accounts and uploads; a file in the user's data folder when absent
ROPEWALK_SECRET_KEY     secret key; made and kept in the user's data folder when absent
ROPEWALK_DATA_KEY       key that seals names and addresses; made and kept in the user's data folder when absent
ROPEWALK_DATA_OLD_KEYS  keys of before, with commas between them, while a new one takes over
ROPEWALK_ALLOWED_HOSTS  host names the site answers to, with commas between them
ROPEWALK_HTTPS          1 when readers reach the site over HTTPS
ROPEWALK_OIDC           accounts elsewhere with which people sign in, see docs/sign-in.md
ROPEWALK_SMTP           smtp://name:password@host:587, the server that sends invitations
ROPEWALK_MAIL_FROM      the address that invitations come from
ROPEWALK_SECOND_FACTOR  off: nobody need set up a second factor; for a demo on this machine alone
ROPEWALK_RATE_LIMITS    off: nobody is made to wait; for measuring on this machine
ROPEWALK_DEBUG          1 while developing: no page cache, details of errors
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from ropewalk.site.config.environment import data_folder, database, names, secret_key, switched_off, switched_on
from ropewalk.site.config.providers import mail_server, sign_in_providers
from ropewalk.site.foundation.sealed.keys import DataKeys

DATA_FOLDER = data_folder(os.environ)
ROPEWALK_STORE = Path(os.environ.get("ROPEWALK_STORE") or DATA_FOLDER / "store")

HTTPS = switched_on(os.environ, "ROPEWALK_HTTPS")
DEBUG = switched_on(os.environ, "ROPEWALK_DEBUG")
SECRET_KEY = secret_key(os.environ, DATA_FOLDER)
DATA_KEYS = DataKeys(os.environ, folder=DATA_FOLDER, store=ROPEWALK_STORE)
ALLOWED_HOSTS = names(os.environ, "ROPEWALK_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])

ROOT_URLCONF = "ropewalk.site.config.urls"
WSGI_APPLICATION = "ropewalk.site.config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "ropewalk.site.foundation",
    "ropewalk.site.foundation.accounts",
    "ropewalk.site.foundation.audit",
    "ropewalk.site.foundation.erasing",
    "ropewalk.site.foundation.organisations",
    "ropewalk.site.foundation.permissions",
    "ropewalk.site.foundation.terms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "ropewalk.site.see.scorecard",
    "ropewalk.site.see.sharing",
    "ropewalk.site.see.editions",
    "ropewalk.site.see.exploring",
    "ropewalk.site.see.live",
    "ropewalk.site.see.api",
    "ropewalk.site.agree.partnership",
    "ropewalk.site.agree.workstreams",
    "ropewalk.site.agree.plan",
    "ropewalk.site.agree.board_report",
]

# Outside to inside. The page cache stands inside everything that adds a security header, so that a page from the
# cache carries the same headers as one just made, and before everything that costs time. Sessions stand inside it:
# a page from the cache asks nobody who they are.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ropewalk.site.foundation.headers.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ropewalk.site.see.api.problems.ProblemsMiddleware",
    "ropewalk.site.foundation.page_cache.PageCacheMiddleware",
    "ropewalk.site.see.api.problems.HeadMiddleware",
    "ropewalk.site.foundation.accounts.private_answers.PrivateAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ropewalk.site.foundation.limits.middleware.RateLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ropewalk.site.foundation.accounts.sessions.SessionLimitsMiddleware",
    "ropewalk.site.foundation.accounts.steps.StepsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "ropewalk.site.foundation.audit.looks.LooksMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "ropewalk.site.foundation.context.frame",
            ],
        },
    },
]

# Accounts, uploads and reminders. Public pages read the store alone, and no test without the mark may touch this.
DATABASES = {"default": database(os.environ, folder=DATA_FOLDER, store=ROPEWALK_STORE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Wrong codes are counted here, for all processes together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counted_attempts"}}

AUTH_USER_MODEL = "accounts.Account"
# Names are sealed and differ in what stands for them in the database: a constraint of its own keeps them apart.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
# The first refuses whoever guessed too often, before any password is looked at.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "sharing:coverage"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name",)}),
    )
]
ACCOUNT_ADAPTER = "ropewalk.site.foundation.accounts.adapters.SignInAdapter"
ACCOUNT_FORMS = {
    "login": "ropewalk.site.foundation.accounts.forms.SignInForm",
    "reauthenticate": "ropewalk.site.foundation.accounts.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Axes counts wrong passwords, by name and address. Here are counted wrong codes of an account, and addresses that try
# many names.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "login": "60/m/ip"}
# The address of a reader is what the server in front says it is, where there is one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

MFA_ADAPTER = "ropewalk.site.foundation.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "ropewalk.site.foundation.accounts.forms.SecondStepForm",
    "reauthenticate": "ropewalk.site.foundation.accounts.forms.CodeAgainForm",
    "activate_totp": "ropewalk.site.foundation.accounts.forms.AuthenticatorAppForm",
    "add_webauthn": "ropewalk.site.foundation.accounts.forms.PasskeyForm",
    "edit_webauthn": "ropewalk.site.foundation.accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Ropewalk"
# Clocks of telephones are half a minute out at times.
MFA_TOTP_TOLERANCE = 1
# Administrators give the addresses of people; there is nothing for these to confirm.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECOND_FACTOR_REQUIRED = not switched_off(os.environ, "ROPEWALK_SECOND_FACTOR")

# Accounts elsewhere. Who signs in with one must be known here already; a link leads there, so that the policy on forms
# need not name every provider.
OIDC_PROVIDERS = sign_in_providers(os.environ)
SOCIALACCOUNT_ADAPTER = "ropewalk.site.foundation.accounts.provider_sign_in.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_PROVIDERS, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"

MAIL = mail_server(os.environ)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = MAIL.get("EMAIL_HOST", "")
EMAIL_PORT = MAIL.get("EMAIL_PORT", 0)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ROPEWALK_MAIL_FROM") or "ropewalk@localhost"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# What sign-in calls the name when it asks, on whatever form it was typed.
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "ropewalk.site.foundation.accounts.lock_out.name_tried"
AXES_CLIENT_IP_CALLABLE = "allauth.core.internal.httpkit.get_client_ip"
AXES_LOCKOUT_CALLABLE = "ropewalk.site.foundation.accounts.lock_out.answer"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# What was typed is not kept, least of all a password typed as a name.
AXES_SENSITIVE_PARAMETERS = ["login", "next", "username", "csrfmiddlewaretoken", "code", "credential"]

# A working day at most, whatever happens; a browser that is closed is signed out.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SERIALIZER = "ropewalk.site.foundation.sealed.sessions.SealedSessions"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# What opens the facts needs of the machine: see foundation.facts_store.
FACTS_ENVIRONMENT: dict[str, str] = {
    name: os.environ[name] for name in ("DATABASE_URL", "ROPEWALK_IDENTITY_KEY", "XDG_DATA_HOME") if name in os.environ
}

# Files that schools send. They wait in this folder until the return is submitted or given up, and a day at most.
ROPEWALK_UPLOADS = Path(os.environ.get("ROPEWALK_UPLOADS") or DATA_FOLDER / "uploads")
UPLOAD_FILE_BYTES = 200 * 1024 * 1024
UPLOAD_BYTES = 400 * 1024 * 1024
UPLOAD_FILES = 30
UPLOAD_KEPT_HOURS = 24
# What of the usual bounds of the process that reads the files is another here; see sharing.bounds.Bounds.
UPLOAD_BOUNDS: dict[str, int] = {}
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_FILES + 20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["ropewalk.site.foundation.upload_limit.LimitedUpload"]

# How often what costs may be asked for, and within how many seconds: by account for whoever is signed in, else by
# address, which whole offices share. What the page cache holds is not counted. See foundation.limits.
RATE_LIMITS: dict[str, tuple[int, int]] = {
    "api": (120, 60),
    "documents": (20, 600),
    "files": (60, 60),
    "searches": (120, 60),
    "uploads": (60, 600),
    "forms": (60, 60),
}
if switched_off(os.environ, "ROPEWALK_RATE_LIMITS"):
    RATE_LIMITS = {}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# Static files are served by WhiteNoise straight from the installed package; nothing is collected. Addresses carry
# a fingerprint of the file (see foundation.static_files), so a browser may keep what it has for a year.
STATIC_URL = "/static/"
STATIC_ROOT = None
STORAGES = {"staticfiles": {"BACKEND": "ropewalk.site.foundation.static_files.FingerprintedStaticFiles"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 365 * 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Pages kept in the memory of each worker, and on disk for all of them.
PAGE_CACHE = not DEBUG
PAGE_CACHE_MEMORY_BYTES = 48 * 1024 * 1024
PAGE_CACHE_DISK_BYTES = 512 * 1024 * 1024
PAGE_CACHE_PAGE_BYTES = 4 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# The server in front speaks HTTPS with readers and says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Each request for a page that does not exist would otherwise be a line in the log.
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
        # Its lines hold addresses of readers.
        "axes": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
