from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='until',
            field=models.DateField(blank=True, help_text='last day as a partner, if it left', null=True),
        ),
    ]
