from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0005_search_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='trust',
            field=models.CharField(blank=True, help_text='`library.models.Trust.State`.', max_length=10),
        ),
        migrations.AddField(
            model_name='post',
            name='trust_version',
            field=models.PositiveIntegerField(default=0, help_text='Counts what was said about its being right.'),
        ),
    ]
