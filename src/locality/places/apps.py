"""Where things happen: areas, recorded crime and named public places."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Geography and what is recorded there; never about a person."""

    name = "locality.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        """Say that nothing here is about anybody."""
        from locality.sharing.retention.doors import leave_alone

        names = [model._meta.label_lower for model in self.get_models()]
        leave_alone("It is about where things happen, and names nobody.", *names)
