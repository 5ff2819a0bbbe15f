"""The levers that decide how a community talks and what keeps it going."""

from django.utils.translation import gettext_lazy as _

from staffroom.communities.levers import sources
from staffroom.communities.levers.shape import Evidence, Lever

ON_OFF = {"on": _("Yes"), "off": _("No")}

LEVERS = (
    Lever(
        key="anonymous_asking",
        label=_("Asking without a name"),
        about=_("Whether a member may ask a question without showing who asks."),
        choices=ON_OFF,
        default="on",
        evidence=(
            Evidence(
                _(
                    "Where supervisors were in the group, teachers felt observed and asked less. Hiding the name is our own answer to that; nobody has tested it."
                ),
                sources.REVIEW,
                "proposed",
            ),
        ),
    ),
    Lever(
        key="set_time",
        label=_("A set time"),
        about=_(
            "Whether the community has an hour of the week when its members meet on the phone."
        ),
        choices={"weekly": _("One hour a week"), "none": _("Whenever it suits each")},
        default="weekly",
        evidence=(
            Evidence(
                _(
                    "Teachers in Tanzania recommended a set time in the timetable, because a fixed hour would bring more activity."
                ),
                sources.KIHWELE,
                "proposed",
            ),
        ),
    ),
    Lever(
        key="prompts",
        label=_("Prompts"),
        about=_("Whether the moderator is helped to open each week with something to think about."),
        choices={"weekly": _("Once a week"), "none": _("No prompts")},
        default="weekly",
        evidence=(
            Evidence(
                _("A good moderator asks questions that provoke thought."),
                sources.REVIEW,
                "proposed",
            ),
        ),
    ),
    Lever(
        key="quizzes",
        label=_("Quizzes and puzzles"),
        about=_("Whether quizzes and puzzles are offered to the community."),
        choices=ON_OFF,
        default="off",
        evidence=(
            Evidence(
                _(
                    "Moderators in India used quizzes and puzzles to keep teachers taking part. How much they did by themselves was not measured."
                ),
                sources.VARANASI,
                "observed",
            ),
        ),
    ),
    Lever(
        key="recognition",
        label=_("Recognition"),
        about=_("Whether celebrations are encouraged. Nobody is ever ranked."),
        choices=ON_OFF,
        default="on",
        evidence=(
            Evidence(
                _("Teachers in South Africa used their groups to celebrate each other."),
                sources.AJANI,
                "observed",
            ),
            Evidence(
                _("Moderators in India recognised and celebrated teachers' work to sustain them."),
                sources.VARANASI,
                "observed",
            ),
        ),
    ),
    Lever(
        key="challenge",
        label=_("Friendly challenge"),
        about=_(
            "Whether the community takes challenges: against its own record, or with another community that agrees. Only whole communities have results."
        ),
        choices={
            "own": _("Against our own record"),
            "with-others": _("Also with other communities"),
            "none": _("No challenges"),
        },
        default="none",
        evidence=(
            Evidence(
                _(
                    "In some places groups were supportive, in others there was healthy competition. Which of them helps teachers more is not known."
                ),
                sources.REVIEW,
                "observed",
            ),
        ),
    ),
    Lever(
        key="nudges",
        label=_("Reminders"),
        about=_("Whether a member who has fallen silent is kindly reminded."),
        choices=ON_OFF,
        default="off",
        evidence=(
            Evidence(
                _(
                    "In a South African experiment teachers had coaching on tablets and a coach who followed up by message. Use still fell week by week, and after a couple of months few took part. The fall was observed inside the experiment; reminders were not compared with none. Do not expect much of reminders alone."
                ),
                sources.CILLIERS,
                "observed",
            ),
        ),
    ),
    Lever(
        key="data_support",
        label=_("Help with bundles"),
        about=_("Whether the programme pays for members' data."),
        choices={"none": _("No"), "bundle": _("A bundle a month")},
        default="none",
        left=False,
        evidence=(
            Evidence(
                _(
                    "Mathematics teachers in Tanzania named the network and the cost of bundles as obstacles, and asked for cheaper access."
                ),
                sources.KIHWELE,
                "observed",
            ),
            Evidence(
                _(
                    "Many studies recommend money for bundles. It takes away part of what makes such groups cheap, so it should be weighed."
                ),
                sources.REVIEW,
                "proposed",
            ),
        ),
    ),
    Lever(
        key="patience",
        label=_("How long a question waits"),
        about=_(
            "After how many school days a question that nobody has answered rises: to the adviser first, then, if its asker agrees, to sister communities."
        ),
        choices={
            "1": _("One school day"),
            "2": _("Two school days"),
            "3": _("Three school days"),
            "5": _("One school week"),
        },
        default="2",
        evidence=(
            Evidence(_("Members in Tanzania missed prompt answers."), sources.KIHWELE, "observed"),
        ),
    ),
    Lever(
        key="boundary_questions",
        label=_("Questions to other communities"),
        about=_(
            "Whether a question that stays unanswered may go on to other communities, if its asker agrees."
        ),
        choices=ON_OFF,
        default="off",
        evidence=(
            Evidence(
                _(
                    "Communities may learn from each other across their boundaries, through people who belong to both. This is argued from theory."
                ),
                sources.ALI,
                "proposed",
            ),
            Evidence(_("Members in Tanzania missed prompt answers."), sources.KIHWELE, "observed"),
        ),
    ),
    Lever(
        key="assistant",
        label=_("Assistant"),
        about=_("Whether a machine answers from the library when no colleague has."),
        choices=ON_OFF,
        default="off",
        evidence=(
            Evidence(
                _(
                    "At least one app tries a chatbot that brings knowledge which members may not have. The review gives no result."
                ),
                sources.REVIEW,
                "proposed",
            ),
        ),
    ),
    Lever(
        key="digest",
        label=_("Digest"),
        about=_("How often members get a summary of what they have not read."),
        choices={"none": _("Never"), "daily": _("Once a day"), "weekly": _("Once a week")},
        default="none",
        evidence=(
            Evidence(
                _(
                    "Neither document speaks of digests. They are our own idea, for members with little data and little time."
                ),
                "",
                "proposed",
            ),
        ),
    ),
)
