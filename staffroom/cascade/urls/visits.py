"""Addresses of support visits and return sessions."""

from django.urls import URLPattern, path

from staffroom.cascade.views import returns, visit_figures, visit_words, visits

VISIT = "visits/<uid:visit>"
RETURN = "returns/<uid:training>"

urlpatterns: list[URLPattern] = [
    path("visits/", visits.visits, name="visits"),
    path("visits/whom", visits.whom, name="visit_whom"),
    path("visits/whom/<uid:teacher>", visits.new, name="visit_new"),
    path("visits/not-now", visits.not_now, name="visit_not_now"),
    path("visits/calendar", visits.as_calendar, name="visit_calendar"),
    path("visits/figures", visit_figures.figures, name="visit_figures"),
    path(VISIT, visits.visit, name="visit"),
    path(f"{VISIT}/focus", visits.focus, name="visit_focus"),
    path(f"{VISIT}/not-now", visits.decline, name="visit_decline"),
    path(f"{VISIT}/change", visits.change, name="visit_change"),
    path(f"{VISIT}/off", visits.call_off, name="visit_off"),
    path(f"{VISIT}/write", visit_words.write, name="visit_write"),
    path(f"{VISIT}/read", visit_words.read, name="visit_read"),
    path(f"{VISIT}/step", visit_words.step, name="visit_step"),
    path(f"{VISIT}/share", visit_words.share, name="visit_share"),
    path(f"{VISIT}/note", visit_words.share_note, name="visit_share_note"),
    path(f"{VISIT}/answer/<slug:part_key>", visit_words.answer, name="visit_answer"),
    path(f"{VISIT}/take-out/<slug:part_key>", visit_words.take_out, name="visit_take_out"),
    path(f"{RETURN}/plan", returns.plan, name="return_plan"),
    path(RETURN, returns.brought, name="return_brought"),
    path(f"{RETURN}/mine", returns.mine, name="return_mine"),
    path(f"{RETURN}/key", returns.key, name="return_key"),
    path(f"{RETURN}/kick-off", returns.kick_off, name="return_kick_off"),
    path("returns/harvest/<uid:item>", returns.harvest, name="return_harvest"),
    path("returns/draft/<uid:harvest>", returns.draft, name="return_draft"),
]
