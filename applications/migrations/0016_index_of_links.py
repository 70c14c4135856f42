from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0015_offers_extended_because"),
        ("projects", "0011_looked_up_references"),
        ("rounds", "0005_offers_answered_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["canonical"], name="contribution_canonical"),
        ),
    ]
