"""Addresses of pages about the site itself."""

app_name = "ui"
urlpatterns: list = []
