from django.db import migrations


def remove_welcome(apps, schema_editor):
    """Wagtail's first migration makes a default site, which would answer on every unknown host."""
    BasePage = apps.get_model("basepage.BasePage")
    apps.get_model("wagtailcore.Site").objects.filter(hostname="localhost").delete()
    BasePage.objects.filter(path="00010001", url_path="/home/").delete()
    BasePage.objects.filter(path="0001").update(numchild=0)
    apps.get_model("auth.Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("basepage", "0003_finish_base_page"),
        ("wagtailcore", "0098_apitoken"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(remove_welcome, migrations.RunPython.noop)]
