"""Settings every environment shares; anything that differs between machines is read through ``env``."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from integrity import env, logins, versions

BASE_DIR = Path(__file__).resolve().parents[2]
env.load_file(BASE_DIR / ".env")

SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)  # so many last hops of X-Forwarded-For are ours

versions.refuse_too_old(env.url("DATABASE_URL", schemes=("postgresql", "postgres")), name="DATABASE_URL")
# Three logins: the owner migrates, the application works, the public one reads what is disclosed. Missing ones are made or named.
LOGINS = logins.complete(
    application=env.url("DATABASE_URL", schemes=("postgresql", "postgres")),
    owner=os.environ.get("DATABASE_OWNER_URL"),
    public=os.environ.get("DATABASE_PUBLIC_URL"),
    secret=SECRET_KEY,
)
DATABASE_WALLS_MISSING = LOGINS.missing_walls
DATABASES = {
    "default": env.database("DATABASE_URL", LOGINS.application),
    "public": env.database("DATABASE_PUBLIC_URL", LOGINS.public),
}
# No public page needs ten seconds; a heavy search must not hold a connection longer.
DATABASES["public"]["OPTIONS"]["options"] = "-c statement_timeout=10s"
# A public read that finds its connection gone is simply repeated (disclosure.middleware), so none is tested beforehand.
DATABASES["public"]["CONN_HEALTH_CHECKS"] = False
if LOGINS.owner:
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL", LOGINS.owner)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "integrity",  # start-up commands
    "ledger",  # the append-only log everything else is read from
    "accounts",  # persons, departments, roles, the access policy
    "rules",  # dated law, calendar, deadlines, the workflow machine
    "disclosure",  # what the public may see
    "exchange",  # what the provincial platform is told
    "records",  # the casework
    "integrity.support.SupportConfig",  # /admin/, to look at only
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "js_lib_bootstrap5",
    "rest_framework",
    "drf_spectacular",
    "oauth2_provider",
    "django_otp",
    "import_export",
    "csp",
]
MIDDLEWARE = [
    "integrity.requests.RequestId",  # outermost: every answer carries the id, errors too
    "integrity.requests.StrictHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "disclosure.middleware.PublicReading",  # public pages need nothing of what follows
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.PolicyMiddleware",
    "records.web.walls.ReaderWall",
]
ROOT_URLCONF = "integrity.urls"
WSGI_APPLICATION = "integrity.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "records.web.context.staff",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/staff/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# The idle end after 30 minutes and the end 8 hours after sign-in are kept by accounts.middleware.SessionLimits.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "integrity.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
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
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "build" / "static"

# Tasks and cache lie in two databases, so that emptying the cache never empties the queue.
REDIS_URL, CELERY_BROKER_URL = env.redis("REDIS_URL", number=0)
CACHE_URL, _ = env.redis("REDIS_URL", number=1)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}

# A hint may be lost or come twice; the row it points at decides. Hard limit 90 s < lease 120 s < visibility 300 s.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_SOFT_TIME_LIMIT = 80
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_connect_timeout": 2, "socket_timeout": 10}
CELERY_TIMEZONE = TIME_ZONE

STATE_DIR = env.folder("STATE_DIR")  # signing key, the signer's last head, evidence files
EVIDENCE_ROOT = STATE_DIR / "evidence"
COMPLAINT_ROOT = STATE_DIR / "complaints"
LEDGER_SIGNING_DIR = STATE_DIR / "signer"
LEDGER_ORIGIN = env.text("LEDGER_ORIGIN", "integrity.example/log")
LEDGER_FOLD_KEY = env.key("LEDGER_FOLD_KEY")
SEAL_KEYS = env.named_keys("SEAL_KEYS")  # the first one seals, all of them open
LOOKUP_KEY = env.key("LOOKUP_KEY")

RECEIPT_COST = {"time_cost": 2, "memory_cost": 32 * 1024, "parallelism": 1}  # Argon2id, memory in KiB

REGION_PROFILE = env.choice("REGION_PROFILE", "GD", among=("GD", "SZ", "HN"))
DEMO = False
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", True)

PLATFORM_URL = env.url("PLATFORM_URL", "http://127.0.0.1:8099")
PLATFORM_CLIENT = env.text("PLATFORM_CLIENT", "integrity-portal")
PLATFORM_SECRET = env.text("PLATFORM_SECRET")
PLATFORM_TRANSPORT = env.choice("PLATFORM_TRANSPORT", "http", among=("http", "file"))
PLATFORM_FILE_DIR = env.text("PLATFORM_FILE_DIR", "")  # the folder of the file drop, with PLATFORM_TRANSPORT=file
PLATFORM_TIMEOUT_SECONDS = env.number("PLATFORM_TIMEOUT_SECONDS", 15, least=1)
DELIVERY_LEASE_SECONDS = env.number("DELIVERY_LEASE_SECONDS", 120, least=1)

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ClientAuthentication",
        "accounts.api.authentication.PageSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.PolicyPermission"],
    "DEFAULT_PAGINATION_CLASS": "accounts.api.keyset.KeysetPaging",
    "EXCEPTION_HANDLER": "accounts.api.problems.handler",
    "UNICODE_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "政务诚信档案平台开放接口",
    "DESCRIPTION": "公开文书、变更流、签名树头与核验材料；按授权范围可取报送内容。列表用 limit 与 cursor 翻页，错误为 RFC 9457 问题文档。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "accounts.api.scopes.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "PKCE_REQUIRED": True,
    # Client credentials are the only grant in use; the rest is held to the current best practice (RFC 9700) all the same.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "integrity.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # refusals are told by the request line; only faults need more
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

# Morning mails: over SMTP where a host is named; nowhere otherwise.
EMAIL_HOST = env.text("MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = env.number("MAIL_PORT", 465)
EMAIL_USE_SSL = env.choice("MAIL_SECURITY", "ssl", among=("ssl", "starttls", "none")) == "ssl"
EMAIL_USE_TLS = env.choice("MAIL_SECURITY", "ssl", among=("ssl", "starttls", "none")) == "starttls"
EMAIL_HOST_USER = env.text("MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "integrity@localhost")
MAIL_DOMAINS = [domain.lower() for domain in env.words("MAIL_DOMAINS", "")]
SITE_URL = env.text("SITE_URL", "").rstrip("/")
