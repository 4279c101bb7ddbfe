from django.db import migrations, models

# What policies.sql notes from now on, of the concerns that are there.
NOTE = """
UPDATE intake_concern c SET at_door = found.at_door, elsewhere = found.elsewhere
FROM (SELECT i.id, bool_or(one.plain) AS at_door, bool_or(NOT one.plain) AS elsewhere
      FROM intake_concern i JOIN sharing_circle door ON door.id = i.circle_id
      JOIN sharing_disclosed d ON d.item = i.id AND d.giver_id = i.owner_id
      CROSS JOIN LATERAL (SELECT d.circle_id = i.circle_id AND d.purpose_id = door.purpose_id
          AND d.starts <= (now() AT TIME ZONE 'Europe/London')::date AND d.until IS NULL
          AND d.recipients IS NULL AS plain) one
      WHERE d.withdrawn_at IS NULL GROUP BY i.id) found
WHERE c.id = found.id
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_following"), ("sharing", "0017_telling")]

    operations = [
        migrations.AddField(
            model_name="concern",
            name="at_door",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="its front door is shown it, for good",
            ),
        ),
        migrations.AddField(
            model_name="concern",
            name="elsewhere",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="it is disclosed in some other way, too",
            ),
        ),
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
    ]
