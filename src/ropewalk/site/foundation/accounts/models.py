"""Who may sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Accounts(BaseUserManager["Account"]):
    """How accounts are found: by name, small and capital letters alike."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(name__iexact=username)


class Account(AbstractBaseUser):
    """A person who may sign in. A local administrator may send and see every school's returns.

    The e-mail address is what an administrator says it is: nobody changes their own. Signing in with an account of
    another provider goes by it.
    """

    name = models.CharField("name", max_length=80, unique=True)
    email = models.EmailField("e-mail address", blank=True, default="")
    is_local_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    signed_out_everywhere_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("name"), name="one_account_of_a_name"),
            models.UniqueConstraint(Lower("email"), name="one_account_of_an_email", condition=~Q(email="")),
        )

    def __str__(self) -> str:
        return self.name
