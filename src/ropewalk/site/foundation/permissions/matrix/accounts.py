"""Signing in and out, one's own account, second factors, invitations, and what local administrators open and log."""

from ropewalk.site.foundation.permissions.matrix.thing import Need, Thing, caretaker

LED_ON = "whoever has signed in is led on"
PROVEN_AGAIN = "after the password is asked for again"


def _own(route: str, method: str = "GET", codes: tuple[int, ...] = (200,), note: str = "") -> Thing:
    return Thing(route, Need.SIGNED_IN, method=method, codes=codes, note=note)


def _open(route: str, method: str = "GET", codes: tuple[int, ...] = (200,), note: str = "") -> Thing:
    return Thing(route, Need.NOTHING, method=method, codes=codes, note=note)


THINGS = (
    _open("account_login", codes=(200, 302), note=LED_ON),
    _open("account_inactive"),
    _open("mfa_authenticate", codes=(302,), note="the second step of signing in, for whoever has done the first"),
    _open("openid_connect_login", codes=(404,), note="with a provider that is not set up"),
    _open("openid_connect_callback", codes=(404,), note="from a provider that is not set up"),
    _open("socialaccount_login_cancelled", codes=(200, 302), note=LED_ON),
    _open("accounts:invitation", codes=(404,), note="with a link that does not open, or not any more"),
    _open("accounts:sign-out", "POST", (302,)),
    _own("accounts:account"),
    _own("accounts:change-password"),
    _own("accounts:password-changed"),
    _own("accounts:sign-out-everywhere"),
    _own("account_reauthenticate"),
    _own("mfa_index"),
    _own("mfa_activate_totp", codes=(200, 302), note=PROVEN_AGAIN),
    _own("mfa_deactivate_totp", codes=(302, 404), note=PROVEN_AGAIN),
    _own("mfa_add_webauthn", codes=(200, 302), note=PROVEN_AGAIN),
    _own("mfa_edit_webauthn", codes=(404,), note="without such a passkey"),
    _own("mfa_remove_webauthn", codes=(302, 404), note="without such a passkey"),
    _own("mfa_list_webauthn"),
    _own("mfa_reauthenticate", codes=(302,), note="without a second factor"),
    _own("mfa_reauthenticate_webauthn", codes=(302,), note="without a passkey"),
    _own("mfa_view_recovery_codes", codes=(404,), note="without recovery codes"),
    _own("mfa_download_recovery_codes", codes=(404,), note="without recovery codes"),
    _own("mfa_generate_recovery_codes", codes=(200, 302), note=PROVEN_AGAIN),
    caretaker("accounts:data-session"),
    caretaker("accounts:data-session", "POST", (422,), note="without a reason"),
    caretaker("accounts:end-data-session", "POST", (302,)),
    caretaker("accounts:data-sessions"),
    caretaker("accounts:everybody"),
    caretaker("accounts:somebody"),
    caretaker("accounts:close-account", "POST", (302, 422)),
    caretaker("accounts:reopen-account", "POST", (302, 422)),
    caretaker("accounts:invitations"),
    caretaker("accounts:invitations", "POST", (422,), note="with nothing filled in"),
    caretaker("accounts:withdraw-invitation", "POST", (404,), note="without such an invitation"),
)
