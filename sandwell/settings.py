"""The one settings file, driven by the environment.

``SANDWELL_ENV`` is ``demo``, ``test`` or ``production``; unset means production, which refuses to start until
everything it needs is said. ``docs/deploy.md`` lists every name that is read here.
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environs import Env

from sandwell.database.limits import Limits, options
from sandwell.environment import UnfitEnvironment, explained, faults
from sandwell.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent

if found := faults(os.environ):
    raise UnfitEnvironment(explained(found))

env = Env()
SANDWELL_ENV = env.str("SANDWELL_ENV", "production")
IS_DEMO = SANDWELL_ENV == "demo"
IS_TEST = SANDWELL_ENV == "test"
IS_PRODUCTION = SANDWELL_ENV == "production"

DEBUG = env.bool("DEBUG", False) and not IS_PRODUCTION
SECRET_KEY = env.str("SECRET_KEY", "") or "demo-key-that-production-refuses-" + SANDWELL_ENV
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
TRUSTED: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
CSRF_TRUSTED_ORIGINS = [origin.strip() for origin in TRUSTED if origin.strip()]

INSTALLED_APPS = [
    "parties.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_structlog",
    "csp",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "core",
    "audit",
    "parties",
    "trail",
    "notices",
    "calendars",
    "uploads",
    "kpis",
    "improvement",
    "budgets",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sandwell.middleware.PrivateAnswersMiddleware",
    "sandwell.middleware.HealthOfNobodyMiddleware",
    "sandwell.middleware.KeepableAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "parties.middleware.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "sandwell.urls"
WSGI_APPLICATION = "sandwell.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Ours go without the white space that nobody would see; those of the packages as they are.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["sandwell.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sandwell.navigation.navigation",
            ],
            "builtins": ["django.templatetags.static", "parties.templatetags.form_marks"],
        },
    }
]

# Databases. SQLite waits for the writer instead of failing half-way (IMMEDIATE), and survives a power loss (FULL).
DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{BASE_DIR / 'var' / (SANDWELL_ENV + '.sqlite3')}"
if DATABASE_URL.startswith("sqlite"):
    (BASE_DIR / "var").mkdir(exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE_URL.removeprefix("sqlite:///"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
            },
            "CONN_MAX_AGE": 600,
        }
    }
else:
    # A page waits for nothing for long. What the worker and the commands do may take long, but a stopped one doesn't
    # keep its locks for ever.
    DATABASE_CONNECT_SECONDS = env.int("DATABASE_CONNECT_SECONDS", 2)
    DATABASE_LIMITS_FOR_PAGES = Limits(
        DATABASE_CONNECT_SECONDS,
        statement=env.int("DATABASE_STATEMENT_SECONDS", 10),
        lock=env.int("DATABASE_LOCK_SECONDS", 5),
        idle_in_transaction=env.int("DATABASE_IDLE_SECONDS", 30),
    )
    DATABASE_LIMITS_FOR_WORK = Limits(DATABASE_CONNECT_SECONDS, statement=0, lock=0, idle_in_transaction=900)
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
    GIVEN: Any = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = options(DATABASE_LIMITS_FOR_WORK, GIVEN)
    DATABASE_OPTIONS_FOR_PAGES = options(DATABASE_LIMITS_FOR_PAGES, GIVEN)  # sandwell.wsgi takes these
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis carries the cache and wakes the worker. What there is to do is always found from the database.
REDIS_URL = env.str("REDIS_URL", "")
CELERY_ON = bool(REDIS_URL)
# A person waits meanwhile, and everything goes on without it.
REDIS_TIMEOUTS = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3}
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "core.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "sandwell",
            "OPTIONS": REDIS_TIMEOUTS,
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# What runs when Redis goes can't be acknowledged any more; a worker that tried would end by it. The sweep repeats it.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A Redis that is full refuses the worker's own notes of what it takes on: that is waited for, as one that is gone is.
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_WORKER_CONSUMER = "sandwell.worker:PatientConsumer"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 10,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "visibility_timeout": 1800,  # above the time limit, so that a long run is not handed out twice
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", "sandwell")
CELERY_TIMEZONE = "UTC"
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840

# People.
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["parties.backends.PartiesBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if IS_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # weak, and fast
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", 3600)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", 12 * 3600)
SESSION_COOKIE_SAMESITE = "Lax"
SIGN_IN_WINDOW_SECONDS = env.int("SIGN_IN_WINDOW_SECONDS", 900)
SIGN_IN_TRIES_PER_PERSON = env.int("SIGN_IN_TRIES_PER_PERSON", 10)
SIGN_IN_TRIES_PER_ADDRESS = env.int("SIGN_IN_TRIES_PER_ADDRESS", 100)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# E-mail. It is printed where no mail server is named, which production refuses. A silent server is not waited for long.
vars().update(env.dj_email_url("EMAIL_URL", "console:"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = (
    env.str("DEFAULT_FROM_EMAIL", "") or "Sandwell Performance <noreply@demonstration.example>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Links in e-mails begin with it.
SERVED_AT = BASE_DIR / "var" / "demo.address"  # written by `make demo`, for commands that are typed beside it
DEMO_URL = SERVED_AT.read_text().strip() if IS_DEMO and SERVED_AT.exists() else "http://127.0.0.1:8000"
SITE_URL = (env.str("SITE_URL", "") or DEMO_URL).rstrip("/")
NOTICES_FROM_HOUR = env.int("NOTICES_FROM_HOUR", 7)

# The demonstration and the tests stand on one day (core.clock), on which the figures of March 2020 are the job at hand.
DEMONSTRATION_DAY = None if IS_PRODUCTION else env.date("DEMONSTRATION_DAY", date(2020, 4, 20))

# Words and time.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# Static files: ours and our packages', hashed and compressed once at image build; straight from the folders elsewhere.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
if not IS_PRODUCTION:
    STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise looks there too
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
# Otherwise every client of the tests would look through all of these files anew.
WHITENOISE_AUTOREFRESH = DEBUG or IS_TEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if IS_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# Safe by default. Production sits behind a proxy that ends TLS.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sandwell.errors.csrf_failure"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # A council whose other hosts have no TLS yet switches the last two off.
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# The read API.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "parties.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 100,
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env.str("API_RATE", "600/min")},
    "DEFAULT_SCHEMA_CLASS": "kpis.api.description.Described",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sandwell Performance API",
    "DESCRIPTION": "Indicators and statuses of a contract, for those who may see them.",
    "VERSION": "1.0.0",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {"BandOperatorEnum": "kpis.definitions.models.indicator.BandVersion.Operator"},
}
REST_KNOX = {"AUTO_REFRESH": False, "TOKEN_TTL": None}

# Files that people hand in.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", 20 * 1024 * 1024)
IMPORT_MAX_UNPACKED_BYTES = env.int("IMPORT_MAX_UNPACKED_BYTES", 200 * 1024 * 1024)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", 200_000)
# What opening one may take, in a program of its own: seconds, of the clock and of a processor, and memory.
IMPORT_SECONDS = env.int("IMPORT_SECONDS", 10)
IMPORT_MEMORY_MB = env.int("IMPORT_MEMORY_MB", 512)
# What is in a file that nobody saves or withdraws may be figures that were never submitted: it isn't kept for longer
# than the month's round in which it would have been used.
UPLOADS_KEPT_DAYS = env.int("UPLOADS_KEPT_DAYS", 30)
# Published figures are taken from so many years before a contract began.
IMPORT_YEARS_BEFORE_START = env.int("IMPORT_YEARS_BEFORE_START", 5)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "uploads.size_limit.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Where a live check is answered that no page holds up; 0 for nowhere.
LIVE_PORT = env.int("LIVE_PORT", 0)

# The worker counts as late for the health check after this long.
WORKER_LAG_SECONDS = env.int("WORKER_LAG_SECONDS", 180)

# In the demonstration commands are typed by hand, and their answers are not to stand between log lines.
LOGGING = logging_config(
    json=IS_PRODUCTION or env.bool("LOG_JSON", False),
    level=env.str("LOG_LEVEL", "WARNING" if IS_DEMO else "INFO"),
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
