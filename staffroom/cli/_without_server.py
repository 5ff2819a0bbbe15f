"""For commands that read sheets and need no server."""


def without_server() -> None:
    """The readers of sheets translate their sentences; here they stay English."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
