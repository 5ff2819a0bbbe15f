from django.urls import path

from staffroom.library.views import (
    collections,
    import_library,
    resource_acts,
    resource_files,
    resource_forms,
    resource_reports,
    resources,
)

urlpatterns = [
    path("c/<uid:community>/library", resources.community_library, name="community_library"),
    path("c/<uid:community>/library/add", resource_forms.add_resource, name="add_resource"),
    path(
        "c/<uid:community>/library/collections/new",
        collections.new_collection_here,
        name="new_collection_here",
    ),
    path("me/shelf", resources.shelf, name="shelf"),
    path("me/collections/new", collections.new_collection, name="new_collection"),
    path("library", resources.library, name="library"),
    path("library/add", resource_forms.add_for_all, name="add_for_all"),
    path("library/import", import_library.import_zip, name="import_library"),
    path("library/reports", resource_reports.resource_reports, name="resource_reports"),
    path(
        "library/collections/new",
        collections.new_collection_for_all,
        name="new_collection_for_all",
    ),
    path("library/collections/<uid:collection>", collections.collection, name="collection"),
    path(
        "library/collections/<uid:collection>/edit",
        collections.edit_collection,
        name="edit_collection",
    ),
    path(
        "library/collections/<uid:collection>/delete",
        collections.delete_collection,
        name="delete_collection",
    ),
    path(
        "library/collections/<uid:collection>/order",
        collections.order_collection,
        name="order_collection",
    ),
    path("library/<uid:resource>", resources.resource, name="resource"),
    path("library/<uid:resource>/words", resources.resource_words, name="resource_words"),
    path(
        "library/<uid:resource>/file/<int:edition>",
        resource_files.resource_file,
        name="resource_file",
    ),
    path(
        "library/<uid:resource>/look/<int:edition>",
        resource_files.resource_picture,
        name="resource_picture",
    ),
    path("library/<uid:resource>/edit", resource_forms.edit_resource, name="edit_resource"),
    path("library/<uid:resource>/file", resource_forms.replace_resource, name="replace_resource"),
    path("library/<uid:resource>/remove", resource_acts.remove_resource, name="remove_resource"),
    path("library/<uid:resource>/restore", resource_acts.restore_resource, name="restore_resource"),
    path("library/<uid:resource>/share", resource_acts.share_resource, name="share_resource"),
    path(
        "library/<uid:resource>/unshare/<uid:community>",
        resource_acts.unshare_resource,
        name="unshare_resource",
    ),
    path("library/<uid:resource>/for-all", resource_acts.share_with_all, name="share_with_all"),
    path(
        "library/<uid:resource>/for-all/undo",
        resource_acts.unshare_with_all,
        name="unshare_with_all",
    ),
    path("library/<uid:resource>/helped", resource_acts.helped, name="resource_helped"),
    path("library/<uid:resource>/helped/undo", resource_acts.unhelped, name="resource_unhelped"),
    path("library/<uid:resource>/shelf", resource_acts.put_on_shelf, name="put_on_shelf"),
    path("library/<uid:resource>/shelf/undo", resource_acts.take_off_shelf, name="take_off_shelf"),
    path("library/<uid:resource>/collect", collections.collect, name="collect"),
    path("library/<uid:resource>/report", resource_reports.report_resource, name="report_resource"),
    path("library/<uid:resource>/decide", resource_reports.decide_resource, name="decide_resource"),
    path("library/<uid:resource>/unhide", resource_reports.unhide_resource, name="unhide_resource"),
]
