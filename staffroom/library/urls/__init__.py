"""The library's addresses: one file a part."""

from django.urls import URLPattern

from staffroom.library.urls import notes, plans, resources, trust

urlpatterns: list[URLPattern] = [
    *resources.urlpatterns,
    *plans.urlpatterns,
    *notes.urlpatterns,
    *trust.urlpatterns,
]
