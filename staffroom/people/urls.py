from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from staffroom.core import access
from staffroom.people.views import (
    consent,
    data,
    language,
    me,
    my_phones,
    number,
    profiles,
    proof,
    sign_in,
    staff,
)

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/code", sign_in.code, name="sign_in_code"),
    path("sign-in/again", sign_in.again, name="sign_in_again"),
    path("sign-in/profile/<uid:profile>", profiles.enter, name="profile_enter"),
    path("sign-in/profile/<uid:profile>/code", profiles.send_code, name="profile_code"),
    path("sign-in/proof", proof.proof, name="proof"),
    path("sign-in/proof/new", proof.anew, name="proof_anew"),
    path("sign-in/new-number", proof.gone, name="gone_number"),
    path("sign-in/new-number/code", proof.gone_code, name="gone_number_code"),
    path("me/vouch", proof.vouch, name="vouch"),
    path("me/phones", my_phones.phones, name="my_phones"),
    path("me/phones/lost", my_phones.lost, name="my_phone_lost"),
    path("me/phones/<uid:session>/end", my_phones.end, name="my_phone_end"),
    path("me/phones/<uid:profile>/forget", my_phones.forget, name="my_phone_forget"),
    path("me/pin", profiles.my_pin, name="my_pin"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("language", language.language, name="language"),
    path("consent", consent.consent, name="consent"),
    path("consent/not-now", consent.refuse, name="consent_refuse"),
    path("consent/refused", consent.refused, name="consent_refused"),
    path("me", me.me, name="me"),
    path("me/notes/read", me.notes_read, name="notes_read"),
    path("me/profile", me.profile, name="profile"),
    path("me/photo", me.photo, name="my_photo"),
    path("me/photo/remove", me.photo_remove, name="my_photo_remove"),
    path("me/teaching", me.teaching, name="my_teaching"),
    path("me/settings", me.settings, name="my_settings"),
    path("me/sign-out-elsewhere", me.elsewhere, name="sign_out_elsewhere"),
    path("me/phone", number.number, name="my_number"),
    path("me/phone/code", number.number_code, name="my_number_code"),
    path("me/export", data.export, name="export"),
    path("me/export/file", data.export_file, name="export_file"),
    path("me/delete", data.delete_me, name="delete_me"),
    path("goodbye", data.gone, name="gone"),
    path("people/<uid:person>/photo", data.photo_of, name="photo_of"),
    path("staff/password/<uid:person>/<str:token>", staff.password, name="staff_password"),
    # What allauth asks for by these names; nothing else of it is open.
    path("staff/sign-in", access.anyone(account.login), name="account_login"),
    path("staff/sign-in/second", access.anyone(mfa.authenticate), name="mfa_authenticate"),
    path("staff/sign-out", sign_in.sign_out, name="account_logout"),
    path("staff/again", access.signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("staff/again/second", access.signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "staff/change-password",
        access.signed_in(account.password_change),
        name="account_change_password",
    ),
    path("staff/second-factor", access.signed_in(mfa.index), name="mfa_index"),
    path(
        "staff/second-factor/set-up",
        access.signed_in(totp.activate_totp),
        name="mfa_activate_totp",
    ),
    path(
        "staff/second-factor/other-phone",
        access.signed_in(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "staff/second-factor/spare-codes",
        access.signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "staff/second-factor/new-spare-codes",
        access.signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
