"""Models of the libraries the site stands on, which cannot say themselves what they keep."""

from ropewalk.site.foundation.retention.declaration import ALWAYS, EMPTY, Kept, Rule

_ACCOUNT = Rule("as long as the account")
_DAY = Rule("a day", since="attempt_time", days=1)
_TRIED = ("user_agent", "ip_address", "username")

ELSEWHERE = {
    "contenttypes.ContentType": Kept("names of tables", Rule(ALWAYS), internal=("id", "app_label", "model")),
    "auth.Permission": Kept(
        "of the web framework, not used", Rule(ALWAYS), internal=("id", "name", "content_type", "codename")
    ),
    "auth.Group": Kept("of the web framework, not used", EMPTY, internal=("id", "name")),
    "auth.Group_permissions": Kept("of the web framework, not used", EMPTY, internal=("id", "group", "permission")),
    "sessions.Session": Kept(
        "who is signed in",
        Rule("a day after it is over", since="expire_date", days=1),
        internal=("session_key", "expire_date"),
        personal=("session_data",),
    ),
    "account.EmailAddress": Kept(
        "of the sign-in library, not used: addresses stand sealed with the account",
        EMPTY,
        internal=("id", "user", "verified", "primary"),
        personal=("email",),
    ),
    "account.EmailConfirmation": Kept(
        "of the sign-in library, not used", EMPTY, internal=("id", "email_address", "created", "sent", "key")
    ),
    "mfa.Authenticator": Kept(
        "authenticator apps, passkeys and recovery codes",
        Rule("until it is removed"),
        internal=("id", "user", "type", "created_at", "last_used_at"),
        personal=("data",),
    ),
    "socialaccount.SocialApp": Kept(
        "providers come from the configuration, not from here",
        EMPTY,
        internal=("id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
    ),
    "socialaccount.SocialAccount": Kept(
        "accounts elsewhere with which somebody signs in",
        _ACCOUNT,
        internal=("id", "user", "provider", "last_login", "date_joined"),
        personal=("uid", "extra_data"),
    ),
    "socialaccount.SocialToken": Kept(
        "tokens of providers are not stored",
        EMPTY,
        internal=("id", "app", "account", "token", "token_secret", "expires_at"),
    ),
    "axes.AccessAttempt": Kept(
        "wrong passwords, so that guessing ends",
        _DAY,
        internal=("id", "http_accept", "path_info", "attempt_time", "failures_since_start", "get_data", "post_data"),
        personal=_TRIED,
    ),
    "axes.AccessAttemptExpiration": Kept(
        "until when guessing is refused",
        Rule("with the attempt it belongs to"),
        internal=("access_attempt", "expires_at"),
    ),
    "axes.AccessFailureLog": Kept(
        "of the lock-out library, not used",
        _DAY,
        internal=("id", "http_accept", "path_info", "attempt_time", "locked_out"),
        personal=_TRIED,
    ),
    "axes.AccessLog": Kept(
        "of the lock-out library, not used",
        _DAY,
        internal=("id", "http_accept", "path_info", "attempt_time", "logout_time", "session_hash"),
        personal=_TRIED,
    ),
}
