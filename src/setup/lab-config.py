"""Settings of the JupyterLab that `npm run lab` starts."""

from jupyter_server.auth.identity import PasswordIdentityProvider

c = get_config()  # noqa: F821


class OwnOriginIdentityProvider(PasswordIdentityProvider):
    """Checks the origin of every page that asks. By default a page of any site may ask that has the token."""

    def should_check_origin(self, handler):
        return handler.get_origin() is not None or super().should_check_origin(handler)


c.ServerApp.identity_provider_class = OwnOriginIdentityProvider
# Matches no origin, so that no other site is allowed to read an answer; the lab's own pages need no permission.
c.ServerApp.allow_origin_pat = "(?!)"
