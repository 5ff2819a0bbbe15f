import django.db.models.deletion
import staffroom.core.clock
import staffroom.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):


    dependencies = [
        ('library', '0003_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('opened_at', models.DateTimeField(default=staffroom.core.clock.now)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('right', 'Right'), ('wrong', 'Wrong'), ('both', 'Both')], max_length=6)),
                ('why', models.CharField(blank=True, max_length=600)),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Side',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('capacity', models.CharField(choices=[('adviser', 'Adviser'), ('peer', 'Peer'), ('leader', 'Leader')], max_length=10)),
                ('version', models.CharField(help_text='Of which words: their fingerprint.', max_length=64)),
                ('at', models.DateTimeField(default=staffroom.core.clock.now)),
                ('holds', models.CharField(choices=[('right', 'Right'), ('wrong', 'Wrong')], max_length=6)),
                ('author', models.BooleanField(default=False, help_text='Whoever wrote the thing.')),
                ('text', models.TextField()),
                ('source', models.CharField(max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='library.dispute')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Trust',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('thing', models.UUIDField()),
                ('state', models.CharField(choices=[('unverified', 'Unverified'), ('verified', 'Verified'), ('corrected', 'Corrected'), ('disputed', 'Disputed')], default='unverified', max_length=10)),
                ('version', models.CharField(blank=True, help_text='Of which words the state is.', max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['thing'], name='trust_thing')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'thing'), name='one_trust_a_thing')],
            },
        ),
        migrations.AddField(
            model_name='dispute',
            name='trust',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disputes', to='library.trust'),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('capacity', models.CharField(choices=[('adviser', 'Adviser'), ('peer', 'Peer'), ('leader', 'Leader')], max_length=10)),
                ('version', models.CharField(help_text='Of which words: their fingerprint.', max_length=64)),
                ('at', models.DateTimeField(default=staffroom.core.clock.now)),
                ('text', models.TextField()),
                ('source', models.CharField(max_length=300)),
                ('accepted_at', models.DateTimeField(help_text='By the author.', null=True)),
                ('reply', models.CharField(blank=True, help_text='By the author.', max_length=600)),
                ('stood_at', models.DateTimeField(help_text='Since when it stands beside the words.', null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trust', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='library.trust')),
            ],
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('capacity', models.CharField(choices=[('adviser', 'Adviser'), ('peer', 'Peer'), ('leader', 'Leader')], max_length=10)),
                ('version', models.CharField(help_text='Of which words: their fingerprint.', max_length=64)),
                ('at', models.DateTimeField(default=staffroom.core.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('correction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='library.correction')),
                ('trust', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='library.trust')),
            ],
        ),
        migrations.CreateModel(
            name='Skipped',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('thing', models.UUIDField()),
                ('version', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=staffroom.core.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'thing'), name='skipped_once')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.UUIDField(default=staffroom.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('corrected', 'Corrected'), ('disputed', 'Disputed'), ('resolved', 'Resolved')], max_length=10)),
                ('at', models.DateTimeField(default=staffroom.core.clock.now)),
                ('seen_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trust', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hearings', to='library.trust')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('seen_at', None)), fields=['person'], name='hearing_waits')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('seen_at', None)), fields=('trust', 'person'), name='one_hearing_waits')],
            },
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(condition=models.Q(('resolved_at', None)), fields=('trust',), name='one_dispute_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('trust',), name='one_correction_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(condition=models.Q(('correction', None)), fields=('trust', 'by'), name='one_voice_each'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(condition=models.Q(('correction__isnull', False)), fields=('correction', 'by'), name='one_voice_each_for_a_correction'),
        ),
    ]
