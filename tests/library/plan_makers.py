"""Short ways to a plan with words in it; every one goes through the action itself."""

from staffroom.library.actions.plans.begin import begin
from staffroom.library.actions.plans.write import Written, write
from staffroom.library.models import LessonPlan, PlanSection

STEPS = "10 min: Fold the paper.\n20 min: Ask how many quarters.\n10 min: Draw it in the book."


def a_plan(world, **more) -> LessonPlan:
    facts = {"title": "Fractions: the first lesson", "grade": 7, "minutes": 40, "tell": False}
    return begin(by=world.amina, community=world.maths, **facts | more)


def section_of(plan: LessonPlan, key: str = "steps") -> PlanSection:
    return PlanSection.objects.select_related("plan__community__programme").get(plan=plan, key=key)


def put(by, plan: LessonPlan, text: str, key: str = "steps", **more) -> Written:
    """Save on top of what stands now, unless `based_on` says otherwise."""
    section = section_of(plan, key)
    more.setdefault("based_on", section.version)
    return write(by=by, section=section, text=text, **more)
