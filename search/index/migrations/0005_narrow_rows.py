"""What finds and ranks documents goes into rows of its own.

Takes minutes (143,000 documents: about six) in one transaction. Meanwhile searches go on and the
worker waits; only at the end, for a moment, do searches wait. Processes with the old code cannot
search in PostgreSQL afterwards and have to be restarted, the worker among them.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

SHARED = """unit_id, section_id, year, tier, province, type, area, kind, field, issuer, validity,
    file_types, languages, audience, policy"""
FILL = f"""
    -- The lock of `drain.refresh`: nothing may be written while it is copied.
    SELECT pg_advisory_xact_lock({0x4C43_0001});
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE search_index_searchentry SET (toast_tuple_target = 128);
    ALTER TABLE search_index_searchheads SET (toast_tuple_target = 8160);
    ALTER TABLE search_index_searchheads ALTER heads SET STORAGE EXTERNAL;
    -- What is common is of no use to the planner, and gathering it reads all vectors.
    ALTER TABLE search_index_searchentry ALTER words SET STATISTICS 0;
    ALTER TABLE search_index_searchheads ALTER heads SET STATISTICS 0;
    -- Until a page changes, a number made here does as well as one of `entries.py`.
    INSERT INTO search_index_searchfacts (key, {SHARED})
    SELECT DISTINCT hashtextextended(ROW({SHARED})::text, 0), unit_id, section_id, year, tier,
        province, type, array_to_string(area, ' '), NULLIF(kind, ''), NULLIF(field, ''),
        NULLIF(issuer, ''), NULLIF(validity, ''), NULLIF(array_to_string(file_types, ' '), ''),
        languages, audience, policy
    FROM search_index_searchdocument;
    INSERT INTO search_index_searchentry
        (page_id, public_at, facts_id, expire_at, starts_at, ends_at, words)
    SELECT d.page_id, d.public_at, f.id, d.expire_at, d.starts_at, d.ends_at, d.words
    FROM (SELECT hashtextextended(ROW({SHARED})::text, 0) AS key, *
          FROM search_index_searchdocument) d
    JOIN search_index_searchfacts f USING (key) ORDER BY d.page_id;
    -- Appending nothing unpacks it: it is stored as it is read.
    INSERT INTO search_index_searchheads (page_id, heads)
    SELECT page_id, heads || ''::tsvector FROM search_index_searchdocument ORDER BY page_id;
"""  # noqa: S608 (names of ours)
GONE = "TRUNCATE search_index_searchentry, search_index_searchheads, search_index_searchfacts"


class Migration(migrations.Migration):
    dependencies = [
        ("search_index", "0004_facts_counted_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchFacts",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("key", models.BigIntegerField(unique=True)),
                ("unit_id", models.BigIntegerField()),
                ("section_id", models.BigIntegerField(null=True)),
                ("year", models.SmallIntegerField()),
                ("tier", models.CharField(max_length=8)),
                ("province", models.CharField(max_length=5)),
                ("type", models.CharField(max_length=50)),
                ("area", models.TextField()),
                ("kind", models.CharField(max_length=100, null=True)),
                ("field", models.CharField(max_length=100, null=True)),
                ("issuer", models.CharField(max_length=100, null=True)),
                ("validity", models.CharField(max_length=100, null=True)),
                ("file_types", models.TextField(null=True)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("policy", models.CharField(max_length=11)),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        db_column="page_id",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="search_index.searchdocument",
                    ),
                ),
                ("public_at", models.DateTimeField()),
                (
                    "facts",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="search_index.searchfacts",
                    ),
                ),
                ("expire_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchHeads",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        db_column="page_id",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="search_index.searchdocument",
                    ),
                ),
                ("heads", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(FILL, GONE),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], gin_pending_list_limit=256, name="search_entry_words"
            ),
        ),
        migrations.RemoveIndex(model_name="searchdocument", name="search_words"),
        migrations.RemoveIndex(model_name="searchdocument", name="search_audience"),
        migrations.RemoveField(model_name="searchdocument", name="heads"),
        migrations.RemoveField(model_name="searchdocument", name="words"),
        migrations.RemoveField(model_name="searchdocument", name="facts"),
    ]
