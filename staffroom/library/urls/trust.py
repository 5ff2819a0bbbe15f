from django.urls import path

from staffroom.library.views import trust

THING = "trust/<slug:kind>/<uid:thing>"

urlpatterns = [
    path("trust/", trust.trust_desk, name="trust_desk"),
    path("trust/library", trust.library_desk, name="library_desk"),
    path("trust/again", trust.unskip, name="trust_unskip"),
    path(THING, trust.trust, name="trust"),
    path(f"{THING}/verify", trust.verify, name="trust_verify"),
    path(f"{THING}/withdraw", trust.withdraw, name="trust_withdraw"),
    path(f"{THING}/skip", trust.skip, name="trust_skip"),
    path(f"{THING}/correct", trust.correct, name="trust_correct"),
    path(f"{THING}/agree", trust.agree, name="trust_agree"),
    path(f"{THING}/disagree", trust.disagree, name="trust_disagree"),
    path(f"{THING}/accept", trust.accept, name="trust_accept"),
    path(f"{THING}/reply", trust.reply, name="trust_reply"),
    path(f"{THING}/dispute", trust.dispute, name="trust_dispute"),
    path(f"{THING}/resolve", trust.resolve, name="trust_resolve"),
    path(f"{THING}/seen", trust.seen, name="trust_seen"),
]
