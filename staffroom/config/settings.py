"""All settings, read from the environment. Without any variable: SQLite, this machine only.

docs/reference/settings.md lists the variables. `staffroom doctor` checks a deployment.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from staffroom.config import env, languages

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(env.text("DATA", "var")).resolve()

DEMO = env.flag("DEMO")
SIMULATOR_URL = env.text("SIMULATOR_URL")  # set by `staffroom demo`: where its phones are asked
DEBUG = env.flag("DEBUG")
HOSTS = env.words("HOSTS")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
PUBLIC = bool(HOSTS)  # reachable by others: then everything must be secure (core.security)
HTTPS = env.flag("HTTPS", default=PUBLIC)
PROXIES = env.words("PROXIES", "127.0.0.0/8,::1")  # whose word is taken for where one comes from

SECRET_KEY = env.secret_key(DATA)
SEAL_KEY = env.seal_key(DATA)
SEAL_OLD_KEYS = env.old_keys("OLD_SEAL_KEYS", DATA / "seal-old-key")
#: Pepper of PINs and lock of the second factors' secrets; outside the database and its backups.
ACCOUNT_KEY = env.account_key(DATA)
ACCOUNT_OLD_KEYS = env.old_keys("OLD_ACCOUNT_KEYS", DATA / "account-old-key")
#: Signs what goes to other installations; those who trust it know its fingerprint.
PACKAGE_KEY = env.package_key(DATA)
#: By it the makers of browsers know who sends a notification; with another one all are asked anew.
WEBPUSH_KEY = env.webpush_key(DATA)
WEBPUSH_OLD_KEYS = env.old_keys("OLD_WEBPUSH_KEYS", DATA / "webpush-old-key")
SECRET_KEY_FALLBACKS = env.words("OLD_SECRET_KEYS")
SAFEGUARDING_KEY = env.safeguarding_key(DATA)
SAFEGUARDING_OLD_KEYS = env.old_keys("OLD_SAFEGUARDING_KEYS", DATA / "safeguarding-old-key")
ALLOWED_HOSTS = HOSTS + LOCAL_HOSTS
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks_db",
    "phonenumber_field",
    "staffroom.core",
    "staffroom.people",  # before allauth: its templates are in our look
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "staffroom.places",
    "staffroom.governing",
    "staffroom.communities",
    "staffroom.instruments",
    "staffroom.library",
    "staffroom.conversations",
    "staffroom.rhythm",
    "staffroom.edges",
    "staffroom.facilitation",
    "staffroom.cascade",
    "staffroom.notices",
    "staffroom.channels.switchboard",
    "staffroom.channels.whatsapp",
    "staffroom.channels.telegram",
    "staffroom.channels.sms",
    "staffroom.channels.webpush",
    "staffroom.channels.email",
    "staffroom.channels.airtime",
    "staffroom.web",
]

MIDDLEWARE = [
    "staffroom.core.proxies.Proxies",
    "staffroom.core.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "staffroom.core.middleware.RequestLog",
    "staffroom.core.once.Said",
    # So high up that what the layers below refuse has these headers too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "staffroom.web.data.middleware.Count",
    "staffroom.core.transport.middleware.Transport",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "staffroom.core.middleware.Forms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "staffroom.people.middleware.Here",
    "staffroom.core.middleware.OwnLanguage",
    "staffroom.core.looks.Looks",
    "staffroom.core.middleware.Private",
    "staffroom.people.middleware.Gate",
    "staffroom.facilitation.middleware.TimeOfTerm",
    "staffroom.core.middleware.Refusals",
]

ROOT_URLCONF = "staffroom.config.urls"
WSGI_APPLICATION = "staffroom.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "staffroom.core.frame.frame",
            ],
            "builtins": ["staffroom.core.templatetags.ui", "django.templatetags.i18n"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "staffroom.core.forms.Renderer"

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["staffroom.people.backends.Backend"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
ACCOUNT_ADAPTER = "staffroom.people.staff.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # sign-up itself is closed
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # ours are counted in the database, for all web processes
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = 12 * 3600  # staff
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "staffroom.people.staff.MfaAdapter"
MFA_TOTP_TOLERANCE = 1  # half minutes: the clocks of phones are not exact
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "staffroom.people.staff.SecondFactorForm",
    "reauthenticate": "staffroom.people.staff.SecondFactorAgainForm",
}
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "staffroom.core.sessions"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-s" if HTTPS else "s"  # the browser then keeps it to this host alone
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
#: After so many days unused, a code to its number alone does not open an account on a new phone.
STALE_DAYS = int(env.text("STALE_DAYS", "60"))
CSRF_COOKIE_NAME = "c"
CSRF_FAILURE_VIEW = "staffroom.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
#: For /.well-known/security.txt: an e-mail address, or what begins with https:, mailto: or tel:.
SECURITY_CONTACTS = [env.uri(word) for word in env.words("SECURITY_CONTACT")]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGES = languages.offered(LOCALE_PATHS[0])
LANGUAGES_BIDI = languages.right_to_left(LANGUAGES)
LANGUAGE_COOKIE_NAME = "l"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "staffroom.core.files.Storage"},
    "staticfiles": {"BACKEND": "staffroom.core.lean.Storage"},
}
MEDIA_ROOT = DATA / "files"
MEDIA_URL = "/f/"  # never served as such: a view checks who asks
FILE_UPLOAD_TEMP_DIR = None
#: Seconds after which what members' data weighed is written down; 0: it is not counted.
COUNT_DATA_EVERY = int(env.text("COUNT_DATA_EVERY", "60"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
#: Pages told by their differences from the one a browser has (core.transport).
DICTIONARIES = env.switch("DICTIONARIES", "on")
PHOTO_MAX_BYTES = 12_000_000
VOICE_MAX_BYTES = 12_000_000
SHEET_MAX_BYTES = 30_000_000
#: Pages of one process that may hear at once what is new; set by `staffroom web` (core.live).
LIVE = int(env.text("LIVE", "0"))
BODY_MAX_BYTES = 60_000_000  # of one request, whatever is in it: what Caddy lets through

#: Whose numbers are meant when one comes without country code, where no programme says so.
PHONENUMBER_DEFAULT_REGION = env.text("PHONE_REGION").upper() or None

SMS_PROVIDER_CHOSEN = bool(env.text("SMS_PROVIDER"))  # "none" is a choice too
SMS_PROVIDER = env.text("SMS_PROVIDER", "none")  # "africastalking", "twilio" or "none"
SMS_NUMBER = env.text("SMS_NUMBER")  # to which people write, where the sender is none
AFRICASTALKING_URL = env.text(
    "AFRICASTALKING_URL", "https://api.africastalking.com/version1/messaging"
)
AFRICASTALKING_USERNAME = env.text("AFRICASTALKING_USERNAME")
AFRICASTALKING_API_KEY = env.text("AFRICASTALKING_API_KEY")
AFRICASTALKING_SENDER = env.text("AFRICASTALKING_SENDER")
AFRICASTALKING_SOURCES = env.words("AFRICASTALKING_SOURCES")  # networks that may call us
TWILIO_URL = env.text("TWILIO_URL", "https://api.twilio.com")
TWILIO_ACCOUNT = env.text("TWILIO_ACCOUNT")
TWILIO_TOKEN = env.text("TWILIO_TOKEN")
TWILIO_FROM = env.text("TWILIO_FROM")  # a number, or a messaging service ("MG…")

TELEGRAM_TOKEN = env.text("TELEGRAM_TOKEN")  # from @BotFather
TELEGRAM_BOT = env.text("TELEGRAM_BOT").lstrip("@")  # the bot's name
TELEGRAM_POLLING = env.flag("TELEGRAM_POLLING")  # we ask, where Telegram cannot call us
TELEGRAM_URL = env.text("TELEGRAM_URL", "https://api.telegram.org").rstrip("/")

#: WhatsApp Business Cloud API; without these the channel is not there (channels/whatsapp/channel.py).
WHATSAPP_NUMBER = env.text("WHATSAPP_NUMBER")  # with country code, as people save it
WHATSAPP_PHONE_ID = env.text("WHATSAPP_PHONE_ID")
WHATSAPP_ACCOUNT_ID = env.text("WHATSAPP_ACCOUNT_ID")  # for registering templates
WHATSAPP_TOKEN = env.text("WHATSAPP_TOKEN")
WHATSAPP_APP_SECRET = env.text("WHATSAPP_APP_SECRET")
WHATSAPP_VERIFY_TOKEN = env.text("WHATSAPP_VERIFY_TOKEN")
WHATSAPP_URL = env.text("WHATSAPP_URL", "https://graph.facebook.com").rstrip("/")
WHATSAPP_VERSION = env.text("WHATSAPP_VERSION", "v25.0")
WHATSAPP_PRICES = env.amounts("WHATSAPP_PRICES")  # of one message, by Meta's categories
WHATSAPP_CURRENCY = env.text("WHATSAPP_CURRENCY", "USD")
WHATSAPP_TEMPLATES = {"news": "staffroom_news"} | env.pairs("WHATSAPP_TEMPLATES")
EMAIL_URL = env.text("EMAIL_URL")  # smtp://USER:PASSWORD@HOST:587 or smtps://…:465
EMAIL_FROM = env.text("EMAIL_FROM")  # the address that letters come from
EMAIL_BACKEND = "staffroom.channels.email.line.Exactly"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, _tls = env.post(EMAIL_URL)
EMAIL_USE_SSL, EMAIL_USE_TLS = _tls == "ssl", _tls == "starttls"
EMAIL_TIMEOUT = 15

AIRTIME_PROVIDER = env.text("AIRTIME_PROVIDER", "none")  # "africastalking" or "none"
AIRTIME_URL = env.text("AIRTIME_URL", "https://api.africastalking.com")
AIRTIME_PRODUCT = env.text("AIRTIME_PRODUCT", "Mobile Data")  # as it is called at the provider
BUNDLES_URL = env.text("BUNDLES_URL", "https://bundles.africastalking.com")

BACKUP_TO = env.text("BACKUP_TO")  # a folder, or s3://BUCKET/PREFIX
BACKUP_KEY = env.words("BACKUP_KEY")  # public keys of age
BACKUP_AT = env.time_of_day("BACKUP_AT", "01:30")  # in the programme's zone
BACKUP_KEEP = env.numbers("BACKUP_KEEP", "7,4,12")  # days, weeks, months
BACKUP_ENDPOINT = env.text("BACKUP_ENDPOINT")
BACKUP_REGION = env.text("BACKUP_REGION", "us-east-1")
BACKUP_ACCESS_KEY = env.text("BACKUP_ACCESS_KEY")
BACKUP_SECRET_KEY = env.text("BACKUP_SECRET_KEY")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "staffroom.core.logs.JsonLines"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["err"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own lines hold full URLs and query strings; ours hold route names.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "django.server": {"level": "CRITICAL"},
        "httpx": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},  # its debug lines hold what a photo knows
        "botocore": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},  # its debug lines hold the provider's key
    },
}
# security.W003: the check of forms is ours, made of Django's (core.middleware.Forms).
SILENCED_SYSTEM_CHECKS = ["auth.W004", "security.W003"]
