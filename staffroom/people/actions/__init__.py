"""What people do with their accounts. Other rooms call these."""

from staffroom.people.actions.accounts import (
    clean_name,
    make_account,
    make_accounts,
    sign_in_as,
    sign_out,
    sign_out_elsewhere,
    stay_signed_in,
)
from staffroom.people.actions.sign_in import (
    begin_sign_in,
    can_hand_over_code,
    confirm_sign_in,
    hand_over_code,
)

__all__ = [
    "begin_sign_in",
    "can_hand_over_code",
    "clean_name",
    "confirm_sign_in",
    "hand_over_code",
    "make_account",
    "make_accounts",
    "sign_in_as",
    "sign_out",
    "sign_out_elsewhere",
    "stay_signed_in",
]
