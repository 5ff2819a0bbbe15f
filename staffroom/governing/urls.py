from django.urls import path

from staffroom.governing.views import (
    assessments,
    breaches,
    contacts,
    danger,
    retention,
    safeguarding,
)

urlpatterns = [
    path("danger", danger.tell, name="danger"),
    path("danger/answer", danger.follow, name="danger_follow"),
    path("safeguarding", safeguarding.desk, name="safeguarding"),
    path("safeguarding/<uid:disclosure>", safeguarding.one, name="disclosure"),
    path("safeguarding/<uid:disclosure>/say", safeguarding.say, name="disclosure_say"),
    path("safeguarding/<uid:disclosure>/state", safeguarding.state, name="disclosure_state"),
    path("governing/assessment", assessments.versions, name="assessments"),
    path("governing/assessment/begin", assessments.begin, name="assessment_begin"),
    path("governing/assessment/<uid:assessment>", assessments.one, name="assessment"),
    path("governing/assessment/<uid:assessment>/sign", assessments.sign, name="assessment_sign"),
    path(
        "governing/assessment/<uid:assessment>/<slug:section>",
        assessments.section,
        name="assessment_section",
    ),
    path("governing/breaches", breaches.log, name="breaches"),
    path("governing/breaches/new", breaches.new, name="breach_new"),
    path("governing/breaches/<uid:breach>", breaches.one, name="breach"),
    path("governing/breaches/<uid:breach>/add", breaches.add, name="breach_add"),
    path("governing/contacts", contacts.edit, name="programme_contacts"),
    path("governing/kept", retention.show, name="retention"),
    path("governing/kept/<slug:rule>", retention.days, name="retention_days"),
]
