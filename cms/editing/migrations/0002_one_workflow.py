from django.db import migrations

NAME = "quy trình chung"


def make_workflow(apps, schema_editor):
    """One workflow with one step, at the root of the tree, in the place of Wagtail's by groups."""
    apps.get_model("wagtailcore.Workflow").objects.all().delete()
    apps.get_model("wagtailcore.GroupApprovalTask").objects.all().delete()
    apps.get_model("wagtailcore.Task").objects.all().delete()
    ContentType = apps.get_model("contenttypes.ContentType")
    task_type, _ = ContentType.objects.get_or_create(app_label="editing", model="unitapprovaltask")
    task = apps.get_model("editing.UnitApprovalTask").objects.create(
        name="Ban biên tập của đơn vị duyệt", content_type=task_type, active=True
    )
    workflow = apps.get_model("wagtailcore.Workflow").objects.create(name=NAME, active=True)
    apps.get_model("wagtailcore.WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    root = apps.get_model("basepage.BasePage").objects.get(depth=1)
    apps.get_model("wagtailcore.WorkflowPage").objects.create(page=root, workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0001_initial"),
        ("home", "0002_remove_wagtails_welcome"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_workflow, migrations.RunPython.noop)]
