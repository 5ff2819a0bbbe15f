"""The two documents that Staffroom grew from."""

from django.utils.translation import gettext_lazy as _

from staffroom.communities.evidence.shape import Study
from staffroom.communities.levers import sources

REVIEW = Study(
    key="bedoya-rapid-review",
    short="Bedoya et al.",
    title="How can education systems structure virtual communities of practice for teachers most effectively? A rapid review",
    citation="Guadalupe Bedoya, Yulia Belyakova, Jacobus Cilliers, Antoine Deeb, David K. Evans, Youngkwang Jeon, Emma Kelly. How Can Education Systems Structure Virtual Communities of Practice for Teachers Most Effectively? A Rapid Review.",
    setting=_("The Americas, Africa, Europe and Asia; more closely Tanzania"),
    method="review",
    sample=_("23 studies, most of them descriptive"),
    finding=_(
        "Teachers use such groups to solve difficult problems, to share materials and to support each other. The obstacles are network and cost, spam and errors, silence of most, fading after months, supervisors who read along, missing trust and time. The remedies are proposed by those who ran groups; they were not tested. No study has measured what such groups do for pupils’ learning with a comparison group."
    ),
    levers=(
        "size",
        "membership",
        "kickoff",
        "icebreaker",
        "moderation",
        "adviser",
        "anonymous_asking",
        "prompts",
        "challenge",
        "data_support",
        "assistant",
    ),
    source=sources.REVIEW,
    address="https://www.cgdev.org",
)

ALI = Study(
    key="ali-pep-ile",
    short="Ali",
    title="Communities of practice and teacher development: lessons learnt from an educational innovation in Pakistan",
    citation="Sajid Ali. Communities of Practice and Teacher Development – lessons learnt from an educational innovation in Pakistan.",
    setting=_(
        "Pakistan, Khyber Pakhtunkhwa: the primary education project PEP-ILE, named so in 1996"
    ),
    method="description",
    sample=_(
        "About 22,000 teachers, trained in clusters of 25 to 35 schools; how many the article itself asked is not told"
    ),
    finding=_(
        "A core team trained master trainers, they trained circle trainers, and these trained one or two teachers of each school in a cluster. The teachers tried things in class and came back to tell. The article sees communities of practice in this and reports steady progress of pupils across subjects, classes and gender; it gives no figures and had no comparison group. It warns that results may differ between clusters, that such learning is implicit, and that power decides who speaks."
    ),
    levers=("formation", "kickoff", "moderation", "boundary_questions"),
    source=sources.ALI,
    virtual=False,
)
