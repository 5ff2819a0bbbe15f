import pytest

from tests.backups import s3 as server


@pytest.fixture
def buckets(settings):
    """A store that speaks S3, and settings that lead to it."""
    with server.running() as running:
        settings.BACKUP_ENDPOINT, settings.BACKUP_REGION = running.url, server.REGION
        settings.BACKUP_ACCESS_KEY, settings.BACKUP_SECRET_KEY = server.ACCESS, server.SECRET
        yield running
