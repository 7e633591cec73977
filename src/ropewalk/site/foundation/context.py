"""What every template may use."""

from django.http import HttpRequest

from ropewalk.site.foundation.store import StoreState


def frame(request: HttpRequest) -> dict[str, object]:
    """``made_up`` when the whole store is made up; a view may say it for its own page."""
    state = getattr(request, "store_state", None)
    # Accounts are real, whatever they lead to.
    figures = not request.path.startswith("/accounts/")
    return {"made_up": figures and isinstance(state, StoreState) and state.made_up}
