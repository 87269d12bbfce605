"""Who cooperates."""

from pydantic import Field

from coopctl.model.base import Clause, Entry
from coopctl.model.scalars import Text


class Representative(Clause):
    """The person who signs and speaks for a party."""

    name: Text = Field(description="Full name.")
    title: Text | None = Field(None, description="Office held.")
    email: Text | None = Field(None, description="E-mail address.")
    phone: Text | None = Field(None, description="Telephone number.")


class Notices(Clause):
    """Where formal notices go."""

    email: Text | None = Field(None, description="E-mail address for notices.")
    address: Text | None = Field(None, description="Postal address for notices.")
    attention: Text | None = Field(None, description="Person or office a notice is addressed to.")


class Party(Entry):
    """One of the organisations."""

    name: Text = Field(description="Registered name.")
    address: Text | None = Field(None, description="Registered address.")
    business: Text | None = Field(None, description="What the organisation does.")
    contributes: Text | None = Field(None, description="What it brings into the cooperation.")
    representative: Representative | None = Field(None, description="Who signs for it.")
    notices: Notices | None = Field(None, description="Where formal notices to it go.")
