"""The library's addresses: one file a part."""

from django.urls import URLPattern

from staffroom.library.urls import resources

urlpatterns: list[URLPattern] = [*resources.urlpatterns]
from staffroom.library.urls import plans

urlpatterns: list[URLPattern] = [*plans.urlpatterns]
from staffroom.library.urls import notes

urlpatterns: list[URLPattern] = [*notes.urlpatterns]
