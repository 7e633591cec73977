"""Who may sign in, and failed attempts to."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Accounts(BaseUserManager["Account"]):
    """How accounts are found: by name, small and capital letters alike."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(name__iexact=username)


class Account(AbstractBaseUser):
    """A person who may sign in. A local administrator may send and see every school's returns."""

    name = models.CharField("name", max_length=80, unique=True)
    is_local_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "name"
    objects = Accounts()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("name"), name="one_account_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class FailedSignIn(models.Model):
    """One wrong password for a name from an address; forgotten after a day."""

    name = models.CharField(max_length=80)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("name", "address", "at"), name="failed_by_name_and_address"),)

    def __str__(self) -> str:
        return f"a failed sign-in at {self.at:%Y-%m-%d %H:%M}"
