"""The works that the evidence notes cite, as the two documents behind Staffroom give them."""

REVIEW = (
    "Bedoya, G., Belyakova, Y., Cilliers, J., Deeb, A., Evans, D. K., Jeon, Y. & Kelly, E. How can "
    "education systems structure virtual communities of practice for teachers most effectively? "
    "A rapid review."
)
ALI = (
    "Ali, S. Communities of practice and teacher development: lessons learnt from an educational "
    "innovation in Pakistan."
)


def in_review(work: str) -> str:
    """A study that the rapid review reports."""
    return f"{work}; as reported in the rapid review by Bedoya et al."


CILLIERS = in_review(
    "Cilliers, J., Fleisch, B., Kotze, J., Mohohlwane, N., Taylor, S. & Thulare, T. (2022). Can "
    "virtual replace in-person coaching? Journal of Development Economics 155"
)
KIHWELE = in_review(
    "Kihwele, J. E. & Mgata, F. (2022). Mathematics teachers' use of WhatsApp groups in Tanzania. "
    "African Journal of Teacher Education 11(1)"
)
VARANASI = in_review("Varanasi, R. A., Vashistha, A. & Dell, N. (2021). Tag a teacher. CHI 2021")
MOTTERAM = in_review(
    "Motteram, G. & Dawson, S. (2019). Resilience and language teacher development in challenging "
    "contexts. British Council"
)
AJANI = in_review(
    "Ajani, O. A. (2021). Teachers' use of WhatsApp platforms as online communities of practice. "
    "Journal of African Films and Diaspora Studies 4(1)"
)
