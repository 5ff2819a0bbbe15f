"""What providers tell of messages that we sent: it only goes forward, whatever order they come in."""

from staffroom.channels.switchboard.actions import money
from staffroom.channels.switchboard.messages import Fate, Status
from staffroom.channels.switchboard.models import Sent

State = Sent.State
RANK = {State.SENDING: 0, State.SENT: 1, State.DELIVERED: 2, State.READ: 3, State.FAILED: 4}
TO = {
    Fate.SENT: State.SENT,
    Fate.DELIVERED: State.DELIVERED,
    Fate.READ: State.READ,
    Fate.FAILED: State.FAILED,
}


def heard(channel: str, status: Status) -> bool:
    """False where we know of no such message (yet)."""
    sent = (
        Sent.objects.select_for_update(of=("self",))
        .select_related("programme", "community")
        .filter(channel=channel, provider_id=status.id)
        .first()
    )
    if sent is None:
        return False
    state = TO[status.fate]
    if RANK[state] > RANK.get(State(sent.state), 0) and sent.state != State.READ:
        Sent.objects.filter(pk=sent.pk).update(state=state, why=status.why[:60])
    if status.cost is not None and status.cost != sent.cost:
        money.correct(sent, status.cost, status.currency)
    return True
