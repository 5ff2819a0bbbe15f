from django.db import migrations, models


def unlogged(apps, schema_editor):
    """PostgreSQL writes these rows to no log: after a crash browsers get whole pages once more."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE core_keptpage SET UNLOGGED")


class Migration(migrations.Migration):
    dependencies = [("core", "0006_done_acts")]

    operations = [
        migrations.CreateModel(
            name="KeptPage",
            fields=[
                (
                    "place",
                    models.BigIntegerField(
                        help_text="Of the session and the pattern.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "mark",
                    models.UUIDField(
                        db_index=True, help_text="Of the session and the page's hash."
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("size", models.PositiveIntegerField()),
                ("page", models.BinaryField()),
            ],
        ),
        migrations.RunPython(unlogged, migrations.RunPython.noop),
    ]
