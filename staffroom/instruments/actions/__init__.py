"""Everything one can do with an instrument, whatever its host."""

from staffroom.instruments.actions.answering import answer
from staffroom.instruments.actions.closing import close, reopen
from staffroom.instruments.actions.making import (
    discard,
    drop_item,
    make,
    move_up,
    name,
    publish,
    put_item,
    revise,
)
from staffroom.instruments.actions.translating import translate

__all__ = [
    "answer",
    "close",
    "discard",
    "drop_item",
    "make",
    "move_up",
    "name",
    "publish",
    "put_item",
    "reopen",
    "revise",
    "translate",
]
