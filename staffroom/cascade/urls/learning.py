from django.urls import URLPattern, path

from staffroom.cascade.views import dilution, learning, training_forms

SESSION = "<uid:training>"
FORM = "forms/<uid:training_form>"

urlpatterns: list[URLPattern] = [
    path("forms", training_forms.training_forms, name="training_forms"),
    path(FORM, training_forms.training_form, name="training_form"),
    path(f"{FORM}/new", training_forms.training_item, name="training_item_new"),
    path(
        f"{FORM}/words/<slug:tongue>",
        training_forms.training_form_words,
        name="training_form_words",
    ),
    path(f"{FORM}/<slug:item_key>", training_forms.training_item, name="training_item"),
    path(f"{FORM}/<slug:item_key>/up", training_forms.training_item_up, name="training_item_up"),
    path(
        f"{FORM}/<slug:item_key>/remove",
        training_forms.training_item_drop,
        name="training_item_drop",
    ),
    path("arrives", dilution.training_dilution, name="training_dilution"),
    path("arrives.csv", dilution.training_dilution_csv, name="training_dilution_csv"),
    path("mine/effect", learning.my_training_effect, name="my_training_effect"),
    path(f"{SESSION}/test", learning.training_test, name="training_test"),
    path(f"{SESSION}/feedback", learning.training_feedback, name="training_feedback"),
    path(f"{SESSION}/fidelity", learning.training_fidelity, name="training_fidelity"),
    path(f"{SESSION}/paper", learning.training_paper, name="training_paper"),
    path(f"{SESSION}/learned", learning.training_learned, name="training_learned"),
]
