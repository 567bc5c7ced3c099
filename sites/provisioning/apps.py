from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "sites.provisioning"
    label = "provisioning"
    verbose_name = "Provisioning"
