"""The levers that decide who is in a community and who looks after it."""

from django.utils.translation import gettext_lazy as _

from staffroom.communities.levers import sources
from staffroom.communities.levers.shape import Evidence, Lever

SIZE = Lever(
    key="size",
    label=_("Size"),
    about=_("How many members a community may have at most."),
    choices={"8": _("8"), "12": _("12"), "15": _("15"), "30": _("30")},
    default="15",
    left=False,
    evidence=(
        Evidence(
            _(
                "Small groups, of not more than 10 to 15 teachers, may work best for trust. This is a recommendation drawn from case studies; no study has compared sizes."
            ),
            sources.REVIEW,
            "proposed",
        ),
        Evidence(
            _(
                "Two groups in Tanzania had 38 and 16 mathematics teachers. In both some members stayed silent, so a small group alone does not make everyone write."
            ),
            sources.KIHWELE,
            "observed",
        ),
    ),
)

FORMATION = Lever(
    key="formation",
    label=_("Formation"),
    about=_("Who brings a community into being."),
    choices={
        "placed": _("The programme places teachers together"),
        "self-organised": _("Teachers may found communities themselves"),
    },
    default="self-organised",
    left=False,
    after_creation=False,
    evidence=(
        Evidence(
            _(
                "Groups that organise themselves may feel that the group is theirs and go on for longer. The risk: nobody takes the work on, and a few do all the talking."
            ),
            sources.MOTTERAM,
            "proposed",
        ),
        Evidence(
            _(
                "In Pakistan teachers who were trained together in clusters of 25 to 35 schools went on to help each other informally. The article describes this; it had no comparison group."
            ),
            sources.ALI,
            "observed",
        ),
    ),
)

MEMBERSHIP = Lever(
    key="membership",
    label=_("Joining"),
    about=_("Whether the members approve who joins."),
    choices={
        "approval": _("The members approve each newcomer"),
        "open": _("Whoever may join is in at once"),
    },
    default="approval",
    evidence=(
        Evidence(
            _(
                "Closed membership may foster trust. It is proposed in the review; no study has compared closed with open groups."
            ),
            sources.REVIEW,
            "proposed",
        ),
        Evidence(
            _(
                "Open groups in India also carried spam, misinformation and polarising messages. What openness itself did to this was not measured."
            ),
            sources.VARANASI,
            "observed",
        ),
    ),
)

KICKOFF = Lever(
    key="kickoff",
    label=_("Kick-off"),
    about=_("Whether a community begins with a workshop in person and stays closed until then."),
    choices={
        "workshop": _("A workshop in person first"),
        "none": _("It begins at once"),
    },
    default="none",
    after_creation=False,
    evidence=(
        Evidence(
            _(
                "Members who never met find it hard to admit weakness. Meeting once in person may lay the ground for trust and for the way the group talks."
            ),
            sources.REVIEW,
            "proposed",
        ),
        Evidence(
            _(
                "Cluster training in Pakistan began in person, at one central school, and the ties outlived the training."
            ),
            sources.ALI,
            "observed",
        ),
    ),
)

ICEBREAKER = Lever(
    key="icebreaker",
    label=_("Breaking the ice"),
    about=_("Whether each newcomer is asked to begin with one teaching challenge of their own."),
    choices={
        "challenge": _("Each newcomer is asked for one teaching challenge"),
        "none": _("Nothing is asked"),
    },
    default="challenge",
    evidence=(
        Evidence(
            _(
                "Saying “I do not know how to do this” is where improvement begins. Asking everyone to share one question or challenge may make it ordinary."
            ),
            sources.REVIEW,
            "proposed",
        ),
    ),
)

MODERATION = Lever(
    key="moderation",
    label=_("Moderation"),
    about=_("Whether somebody looks after the community, and whether it goes round."),
    choices={
        "rotating": _("The members take turns"),
        "fixed": _("One member, until they or the members end it"),
        "none": _("Nobody"),
    },
    default="rotating",
    evidence=(
        Evidence(
            _(
                "A moderator without authority over teachers can ask good questions, prevent misunderstandings and encourage quiet members. Rotating the role may spread ownership."
            ),
            sources.REVIEW,
            "proposed",
        ),
        Evidence(
            _(
                "Moderators in India kept groups alive with quizzes and puzzles and by celebrating teachers' work. Other groups, without moderation, drifted into spam."
            ),
            sources.VARANASI,
            "observed",
        ),
        Evidence(
            _(
                "Leadership that is shared among colleagues fits such communities better than one charismatic leader. This is an argument from the literature, not a measurement."
            ),
            sources.ALI,
            "proposed",
        ),
    ),
)

ADVISER = Lever(
    key="adviser",
    label=_("Adviser"),
    about=_("How a subject specialist stands beside the community."),
    choices={
        "member": _("An adviser reads along and answers"),
        "on-call": _("An adviser comes when called"),
        "none": _("No adviser"),
    },
    default="on-call",
    left=False,
    evidence=(
        Evidence(
            _(
                "Not all that was shared in Tanzanian groups was right. The teachers asked for subject experts to check it."
            ),
            sources.KIHWELE,
            "observed",
        ),
        Evidence(
            _(
                "An adviser helps only as a supporter. Seen as a controller, he or she silences people."
            ),
            sources.REVIEW,
            "proposed",
        ),
    ),
)

LEVERS = (SIZE, FORMATION, MEMBERSHIP, KICKOFF, ICEBREAKER, MODERATION, ADVISER)
