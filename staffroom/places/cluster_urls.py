"""A plan of clusters changed by hand, copied, compared and published: below the plan's own address."""

from django.urls import path

from staffroom.places.views import clusters_change as change
from staffroom.places.views import clusters_compare as compare
from staffroom.places.views import clusters_publish as publish

urlpatterns = [
    path("change", change.plan, name="cluster_change"),
    path("change/undo", change.undo, name="cluster_undo"),
    path("change/<uid:cluster>", change.cluster, name="cluster_adjust"),
    path("change/<uid:cluster>/centre", change.centre, name="cluster_centre"),
    path("change/<uid:cluster>/name", change.name, name="cluster_name"),
    path("change/<uid:cluster>/circle", change.to_circle, name="cluster_to_circle"),
    path("change/schools/<uid:school>", change.school, name="cluster_school"),
    path("change/circles/<uid:cluster_circle>", change.circle, name="cluster_circle_change"),
    path("change/blocks/<uid:cluster_block>", change.block, name="cluster_block_change"),
    path("copy", compare.copy, name="cluster_plan_copy"),
    path("compare", compare.choose, name="cluster_compare_choose"),
    path("compare/<uid:other_plan>", compare.show, name="cluster_compare"),
    path("compare/<uid:other_plan>/changes.csv", compare.csv, name="cluster_compare_csv"),
    path("publish", publish.publish, name="cluster_publish"),
    path("unpublish", publish.unpublish, name="cluster_unpublish"),
    path("changed", publish.changed, name="cluster_changed"),
]
