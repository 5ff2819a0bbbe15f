"""The addresses of lesson plans: inside a community, and what is shared."""

from django.urls import URLPattern, path

from staffroom.library.views.plans import both, plan, sections, shared, teach
from staffroom.library.views.plans.template import template

_PLAN = "c/<uid:community>/plans/<uid:plan>"
_SECTION = f"{_PLAN}/s/<uid:section>"

urlpatterns: list[URLPattern] = [
    path("c/<uid:community>/plans/", plan.plans, name="plans"),
    path("c/<uid:community>/plans/new", plan.new, name="plan_new"),
    path(_PLAN, plan.plan, name="plan"),
    path(f"{_PLAN}/about", plan.facts, name="plan_facts"),
    path(f"{_PLAN}/ready", plan.ready, name="plan_ready"),
    path(f"{_PLAN}/share", plan.share, name="plan_share"),
    path(f"{_PLAN}/remove", plan.remove, name="plan_remove"),
    path(f"{_PLAN}/return", plan.bring_back, name="plan_return"),
    path(f"{_PLAN}/add", sections.add, name="plan_add"),
    path(f"{_PLAN}/both/<uid:writing>", both.both, name="plan_both"),
    path(f"{_PLAN}/note/<uid:comment>", sections.comment_done, name="plan_comment_done"),
    path(f"{_PLAN}/taught", teach.taught, name="plan_taught"),
    path(f"{_PLAN}/taught/<uid:taught>/gone", teach.taught_gone, name="plan_taught_gone"),
    path(_SECTION, sections.section, name="plan_section"),
    path(f"{_SECTION}/draft", sections.draft, name="plan_draft"),
    path(f"{_SECTION}/versions", sections.versions, name="plan_versions"),
    path(f"{_SECTION}/restore", sections.restore, name="plan_restore"),
    path(f"{_SECTION}/notes", sections.comments, name="plan_comments"),
    path(f"{_SECTION}/out", sections.take_out, name="plan_section_out"),
    path(f"{_SECTION}/back", sections.put_back, name="plan_section_back"),
    path("plans/", shared.shelf, name="plan_shelf"),
    path("plans/<uid:plan>", shared.shared_plan, name="shared_plan"),
    path("plans/<uid:plan>/copy", shared.copy, name="plan_copy"),
    path("plans/<uid:plan>/keep", shared.keep, name="plan_keep"),
    path("plans/<uid:plan>/print", shared.paper, name="plan_print"),
    path("plans/<uid:plan>/pdf", shared.pdf, name="plan_pdf"),
    path("garden/plan-template", template, name="plan_template"),
]
