from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = "Media"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from sites.people.policies import UnitMediaPolicy

        from .models import PortalDocument, PortalImage

        for model in (PortalImage, PortalDocument):
            register_permission_policy(model, UnitMediaPolicy(model))
        post_save.connect(
            order_sizes, sender="media.PortalImage", dispatch_uid="media-prepare-picture"
        )


def order_sizes(instance: Any, **kwargs: Any) -> None:
    """Let the worker make the sizes; the task is in the same transaction as the picture."""
    from .tasks import prepare_picture

    prepare_picture.enqueue(instance.pk)
