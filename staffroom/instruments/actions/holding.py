from staffroom.core.errors import NotYours
from staffroom.instruments.models import Instrument


def hold(instrument: Instrument) -> Instrument:
    """The instrument, its row held until the transaction ends: two phones change it one by one."""
    held = Instrument.objects.select_for_update().filter(pk=instrument.pk).first()
    if held is None:
        raise NotYours
    return held
