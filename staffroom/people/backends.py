from django.contrib.auth.backends import ModelBackend


class Backend(ModelBackend):
    """Password sign-in for staff. Members sign in by code and never reach this."""
