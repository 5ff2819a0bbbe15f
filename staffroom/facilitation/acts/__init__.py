"""The kinds of acts on a moderator's desk. One file a kind: `propose(desk)` says what might be done
and why, with few queries; `do(desk, suggestion, choice)` does it; `undo(act)` takes it back."""

from types import ModuleType

from staffroom.facilitation.acts import newcomer, prompt, question, quiet, report, thanks

KINDS: dict[str, ModuleType] = {
    kind.KIND: kind for kind in (report, question, newcomer, prompt, thanks, quiet)
}
