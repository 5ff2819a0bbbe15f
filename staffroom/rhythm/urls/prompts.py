"""Addresses of prompts."""

from django.urls import path

from staffroom.rhythm.views import prompt_office, prompts

HERE = "c/<uid:community>/prompts"
OFFICE = "programme/prompts"
ONE = f"{OFFICE}/<slug:prompt>"

urlpatterns = [
    path(HERE, prompts.prompts, name="prompts"),
    path(f"{HERE}/start", prompts.prompt_start, name="prompt_start"),
    path(OFFICE, prompt_office.prompt_library, name="prompt_library"),
    path(f"{OFFICE}/add", prompt_office.prompt_new, name="prompt_new"),
    path(f"{OFFICE}/import", prompt_office.prompts_import, name="prompts_import"),
    path(f"{OFFICE}/export", prompt_office.prompts_export, name="prompts_export"),
    path(f"{ONE}/change", prompt_office.prompt_change, name="prompt_change"),
    path(f"{ONE}/switch", prompt_office.prompt_switch, name="prompt_switch"),
    path(f"{ONE}/restore", prompt_office.prompt_restore, name="prompt_restore"),
]
