"""`{% load waiting %}`: where the verb of something that waits leads."""

from django import template
from django.urls import reverse

from locality.ui.words import ToDo

register = template.Library()


@register.filter
def where(one: ToDo) -> str:
    """Give the address of the page that deals with it: {{ one|where }}."""
    return reverse(one.url_name, args=one.url_args)
