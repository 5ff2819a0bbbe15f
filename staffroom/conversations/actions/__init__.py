"""Everything one can do in a conversation. One file an act."""

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask, ask_without_name
from staffroom.conversations.actions.celebrate import celebrate
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.help import help, unhelp
from staffroom.conversations.actions.move import move
from staffroom.conversations.actions.pin import pin, unpin
from staffroom.conversations.actions.prompt import prompt
from staffroom.conversations.actions.quiz import begin_quiz, poll, publish_quiz, puzzle
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.remove import remove, restore
from staffroom.conversations.actions.say import say
from staffroom.conversations.actions.solve import reopen, solve
from staffroom.conversations.actions.thank import thank, unthank

__all__ = [
    "answer",
    "ask",
    "ask_without_name",
    "begin_quiz",
    "celebrate",
    "edit",
    "help",
    "mark_read",
    "move",
    "pin",
    "poll",
    "prompt",
    "publish_quiz",
    "puzzle",
    "remove",
    "reopen",
    "restore",
    "say",
    "solve",
    "thank",
    "unhelp",
    "unpin",
    "unthank",
]
