from django.db import migrations

# A front door is shown nearly all there is, a case's team a few rows. Counted evenly, as the planner
# counts what it does not know beforehand, every circle would be shown a few: to answer about one
# person it would gather all that a front door was ever shown. Said to be a twentieth each, what is
# asked of few rows is looked up row by row. Takes effect when the table is analysed next.
SAY = "ALTER TABLE sharing_disclosed ALTER COLUMN circle_id SET (n_distinct = 20)"
UNSAY = "ALTER TABLE sharing_disclosed ALTER COLUMN circle_id RESET (n_distinct)"


class Migration(migrations.Migration):
    """Tell the planner that some circles are shown very much."""

    dependencies = [("sharing", "0015_retention")]

    operations = [migrations.RunSQL(SAY, UNSAY)]
