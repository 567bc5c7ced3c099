"""Triggers that change the frame version with whatever stands around the pages of any site.

See docs/decisions/0040. Statement triggers, so that a bulk statement costs as much as a single one.
"""

from django.db import migrations

BUMP = """
    INSERT INTO hosts_hostmapversion (id, token) VALUES (2, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token;
"""
# Home and section pages stand at depths 2 and 3. What publishing an article changes in its section
# page (numchild) and what drafts change concerns nobody else.
IGNORED = """
    ARRAY['numchild', 'latest_revision_id', 'live_revision_id', 'has_unpublished_changes',
    'draft_title', 'latest_revision_created_at', 'last_published_at', 'locked', 'locked_at',
    'locked_by_id', 'owner_id', 'search_description', 'seo_title']
"""
FUNCTIONS = """
CREATE FUNCTION frame_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {BUMP} RETURN NULL; END $$;

CREATE FUNCTION frame_page_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched WHERE depth <= 3) THEN {BUMP} END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION frame_page_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh n JOIN gone o ON o.id = n.id
        WHERE (n.depth <= 3 OR o.depth <= 3)
        AND to_jsonb(n) - {IGNORED} <> to_jsonb(o) - {IGNORED}
    ) THEN {BUMP} END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER frame_inserted AFTER INSERT ON basepage_basepage
REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION frame_page_touched();
CREATE TRIGGER frame_deleted AFTER DELETE ON basepage_basepage
REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION frame_page_touched();
CREATE TRIGGER frame_updated AFTER UPDATE ON basepage_basepage
REFERENCING NEW TABLE AS fresh OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION frame_page_updated();
""".replace("{BUMP}", BUMP).replace("{IGNORED}", IGNORED)
TABLES = [
    "home_sitehomepage", "sections_sectionpage", "units_administrativeunit", "units_succession",
    "blueprints_section", "blueprints_sectionmapping",
]  # fmt: skip
WHOLE = "".join(
    f"CREATE TRIGGER frame_changed AFTER INSERT OR UPDATE OR DELETE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION frame_changed();\n"
    for table in TABLES
)
BACK = (
    "".join(f"DROP TRIGGER frame_changed ON {table};\n" for table in TABLES)
    + "".join(
        f"DROP TRIGGER frame_{verb} ON basepage_basepage;\n"
        for verb in ("inserted", "deleted", "updated")
    )
    + "DROP FUNCTION frame_changed, frame_page_touched, frame_page_updated;"
)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_remove_wagtails_welcome"),
        ("sections", "0001_initial"),
        ("hosts", "0001_initial"),
        ("units", "0001_initial"),
        ("blueprints", "0001_initial"),
        ("basepage", "0003_finish_base_page"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS + WHOLE, BACK)]
