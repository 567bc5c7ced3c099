"""One number for all that results are narrowed by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search_index", "0003_facts_and_ranking"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="facts",
            field=models.BigIntegerField(default=0),
        ),
        # Until a page changes, a number made here does as well as one of `documents.py`.
        migrations.RunSQL(
            """
            UPDATE search_index_searchdocument SET facts = hashtextextended(
                ROW(unit_id, section_id, type, year, kind, field, issuer, validity,
                    file_types)::text, 0)
            """,
            migrations.RunSQL.noop,
        ),
    ]
