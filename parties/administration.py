from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin with our own way in; named in INSTALLED_APPS."""

    default_site = "parties.admin_site.AdministrationSite"
