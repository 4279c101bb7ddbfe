"""Choosing the post and the purpose to act in."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from locality.sharing.models import Post, Purpose


class ActForm(forms.Form):
    """Which post, for which purpose. One radio for each pair that is allowed."""

    acting = forms.ChoiceField(
        label=_("What are you here to do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select what you are here to do"),
            "invalid_choice": _("Select one of the purposes listed"),
        },
    )

    def __init__(
        self, *args: object, posts: "list[Post]", purposes: "dict[int, Purpose]", **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        several = len(posts) > 1
        self.pairs = {
            f"{post.pk}:{number}": (post, purposes[number])
            for post in posts
            for number in post.purposes
            if number in purposes
        }
        self.fields["acting"].choices = [
            (key, f"{why.name} ({post.title}, {post.agency})" if several else why.name)
            for key, (post, why) in self.pairs.items()
        ]

    def chosen(self) -> "tuple[Post, Purpose]":
        """The post and purpose of a valid form."""
        return self.pairs[self.cleaned_data["acting"]]
