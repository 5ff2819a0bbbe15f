from django.urls import URLPattern, path

from staffroom.cascade.views import cascade

PLAN = "cascade/<uid:cascade_plan>"

urlpatterns: list[URLPattern] = [
    path("cascade", cascade.plans, name="cascades"),
    path("cascade/new", cascade.new, name="cascade_new"),
    path(PLAN, cascade.one, name="cascade"),
    path(f"{PLAN}/again", cascade.again, name="cascade_again"),
    path(f"{PLAN}/progress", cascade.progress, name="cascade_progress"),
    path(f"{PLAN}/publish", cascade.publish, name="cascade_publish"),
    path(f"{PLAN}/withdraw", cascade.withdraw, name="cascade_withdraw"),
    path(f"{PLAN}/remove", cascade.remove, name="cascade_remove"),
    path(f"{PLAN}/trainers", cascade.trainers, name="cascade_trainers"),
    path(f"{PLAN}/trainers/<uid:trainer>", cascade.trainer, name="cascade_trainer"),
    path(f"{PLAN}/schedule.<str:form>", cascade.table, name="cascade_schedule"),
]
