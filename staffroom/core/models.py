from django.db import models

from staffroom.core.clock import now
from staffroom.core.ids import uuid7


class Row(models.Model):
    """What every table has: an identifier made where the thing is made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class AuditEntry(Row):
    """One act. Holds identifiers only, and nobody for anonymous acts."""

    at = models.DateTimeField(default=now, db_index=True)
    act = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True, db_index=True)
    on_type = models.CharField(max_length=60, blank=True)
    on_id = models.UUIDField(null=True, db_index=True)
    detail = models.JSONField(default=dict)


class OutboxEntry(Row):
    """Something others must hear, written with the act itself and delivered by the worker."""

    topic = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)
    created_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(default=now)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_waiting",
                condition=models.Q(delivered_at=None, dead_at=None),
            )
        ]


class DoneAct(models.Model):
    """One act that a phone sent and how it ended (`core.once`), written with what it changed.

    Nothing that was done without a name is here.
    """

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    act = models.UUIDField(help_text="Made on the phone.")
    at = models.DateTimeField(default=now, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    go = models.CharField(max_length=300, blank=True, help_text="Where it led: a path of ours.")
    object = models.CharField(max_length=80, blank=True, help_text="What it does or undoes.")
    phone = models.CharField(max_length=22)
    turn = models.PositiveIntegerField(help_text="The phone's how-manieth act it was.")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "act"], name="act_done_once"),
        ]
        indexes = [
            models.Index(
                fields=["person_id", "object"],
                name="act_by_object",
                condition=~models.Q(object=""),
            )
        ]


class RateCount(models.Model):
    """How often something happened in one window of time (`core.limits`)."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)


class KeptPage(models.Model):
    """A page that one browser has, sealed (`core.transport.kept`): no person, no address, no hour."""

    place = models.BigIntegerField(primary_key=True, help_text="Of the session and the pattern.")
    mark = models.UUIDField(db_index=True, help_text="Of the session and the page's hash.")
    day = models.DateField(db_index=True)
    size = models.PositiveIntegerField()
    page = models.BinaryField()


class RetentionChoice(models.Model):
    """An administrator's choice of days for one rule of `core.retention`."""

    rule = models.CharField(max_length=40, primary_key=True)
    days = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)


class Heartbeat(models.Model):
    """One worker or clock that is alive: rewritten every few seconds, read by `staffroom doctor`."""

    name = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)


class DutyDone(models.Model):
    """When the clock does one of its duties next. Taken by one clock alone, however many run."""

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)


class SearchEntry(models.Model):
    """What may be found: its words folded and stemmed, beside what it is and where it belongs.

    Made again from its object at any time (`core.retrieval`). The database keeps an index of the
    words of it by itself: FTS5 on SQLite, a tsvector on PostgreSQL. Who may see the object is asked
    when it is looked for.
    """

    id = models.BigAutoField(primary_key=True)
    object_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    scope = models.UUIDField(db_index=True, help_text="The community or programme it belongs to.")
    version = models.PositiveIntegerField(default=1, help_text="Of the object.")
    scheme = models.PositiveSmallIntegerField(help_text="Of folding and stemming.")
    at = models.DateTimeField()
    language = models.CharField(max_length=8, blank=True)
    facets = models.TextField(help_text="What it is filtered by, as words that nobody can type.")
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    more = models.TextField(blank=True)
    counted = models.BooleanField(default=False, help_text="Its words are in the vocabulary.")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="search_uncounted", condition=models.Q(counted=False))
        ]


class SearchWord(models.Model):
    """A word of the index and in how many entries it stands; counted by the clock."""

    word = models.CharField(max_length=40, primary_key=True)
    head = models.CharField(max_length=2, db_index=True, help_text="Its first two letters.")
    tail = models.CharField(max_length=2, db_index=True, help_text="Its last two letters.")
    length = models.PositiveSmallIntegerField()
    known = models.PositiveBigIntegerField()
