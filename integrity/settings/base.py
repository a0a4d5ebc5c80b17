"""Settings every environment shares; anything that differs between machines is read through ``env``."""

import os
from pathlib import Path

from integrity import env

BASE_DIR = Path(__file__).resolve().parents[2]
SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")

DATABASES = {"default": env.database("DATABASE_URL")}
if "DATABASE_OWNER_URL" in os.environ:
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")
if "DATABASE_PUBLIC_URL" in os.environ:
    DATABASES["public"] = env.database("DATABASE_PUBLIC_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "ledger",  # the append-only log everything else is read from
    "accounts",  # persons, departments, roles, the access policy
    "rules",  # dated law, calendar, deadlines, the workflow machine
    "disclosure",  # what the public may see
    "exchange",  # what the provincial platform is told
    "records",  # the casework
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "js_lib_bootstrap5",
    "rest_framework",
    "drf_spectacular",
    "oauth2_provider",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "import_export",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
AUTH_USER_MODEL = "accounts.User"
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
OAUTH2_PROVIDER = {"SCOPES_BACKEND_CLASS": "accounts.api.scopes.ClientScopes", "ACCESS_TOKEN_EXPIRE_SECONDS": 3600}
LOGIN_URL = "accounts:sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "build" / "static"

REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

STATE_DIR = Path(env.text("STATE_DIR"))  # signing key, the signer's last head, evidence files
EVIDENCE_ROOT = STATE_DIR / "evidence"
LEDGER_SIGNING_DIR = STATE_DIR / "signer"
LEDGER_ORIGIN = env.text("LEDGER_ORIGIN", "integrity.example/log")
LEDGER_FOLD_KEY = env.text("LEDGER_FOLD_KEY")  # 32 bytes, hex
SEAL_KEYS = env.words("SEAL_KEYS")  # "id:hex32", the first one seals, all of them open
LOOKUP_KEY = env.text("LOOKUP_KEY")  # 32 bytes, hex

REGION_PROFILE = env.text("REGION_PROFILE", "GD")
DEMO = env.flag("DEMO", False)
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", True)

PLATFORM_URL = env.text("PLATFORM_URL", "http://127.0.0.1:8099")
PLATFORM_CLIENT = env.text("PLATFORM_CLIENT", "integrity-portal")
PLATFORM_SECRET = env.text("PLATFORM_SECRET")

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
