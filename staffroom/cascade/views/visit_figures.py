"""The office's page: counts per circle, above the thresholds."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from staffroom.cascade.access import planner
from staffroom.cascade.queries.visit_figures import months
from staffroom.cascade.views.visits_common import Request, page


@require_safe
@planner
def figures(request: Request) -> HttpResponse:
    return page(
        request, "visits/figures", months=months(request.programme), programme=request.programme
    )
