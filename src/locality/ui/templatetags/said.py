"""In every template: {{ case.state|shown }} and {{ case.state|first_up }}, for words of ours."""

from django import template

from locality.ui import language

register = template.Library()
register.filter(language.shown)
register.filter(language.first_up)
