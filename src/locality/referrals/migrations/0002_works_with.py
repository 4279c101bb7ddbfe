"""Say of each referral's circle whom it works with."""

from django.db import migrations


class Migration(migrations.Migration):
    """See above."""

    dependencies = [("referrals", "0001_initial"), ("sharing", "0012_sides")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO sharing_workswith (id, circle_id, person)"
            " SELECT gen_random_uuid(), circle_id, unnest(about) FROM referrals_referral",
            migrations.RunSQL.noop,
        )
    ]
