"""Settings of the JupyterLab that `npm run lab` starts."""

import os
import re

from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado import web

c = get_config()  # noqa: F821


class OwnOriginIdentityProvider(PasswordIdentityProvider):
    """Checks the origin of every page that asks. By default a page of any site may ask that has the token."""

    def should_check_origin(self, handler):
        return handler.get_origin() is not None or super().should_check_origin(handler)


c.ServerApp.identity_provider_class = OwnOriginIdentityProvider
# Matches no origin, so that no other site is allowed to read an answer; the lab's own pages need no permission.
c.ServerApp.allow_origin_pat = "(?!)"


class OriginalsStay(AsyncLargeFileManager):
    """Opens the shipped notebooks read-only: saving one would change a tracked file. REKINDLE_LAB_ORIGINALS=1 lifts this."""

    def is_original(self, path):
        lifted = os.environ.get("REKINDLE_LAB_ORIGINALS", "").lower() in ("1", "true", "yes", "on")
        return not lifted and re.fullmatch(r"notebooks/\d\d-[^/]+\.ipynb", path.strip("/")) is not None

    def is_writable(self, path):
        return not self.is_original(path) and super().is_writable(path)

    def refuse(self, action, path):
        if self.is_original(path):
            name = path.strip("/").removeprefix("notebooks/")
            raise web.HTTPError(403, f'Cannot {action} "notebooks/{name}": it is the original; work in notebooks/work/{name}')

    async def save(self, model, path=""):
        self.refuse("save", path)
        return await super().save(model, path)

    async def restore_checkpoint(self, checkpoint_id, path):
        self.refuse("restore", path)
        return await super().restore_checkpoint(checkpoint_id, path)

    async def delete_file(self, path):
        self.refuse("delete", path)
        return await super().delete_file(path)

    async def rename_file(self, old_path, new_path):
        self.refuse("rename", old_path)
        self.refuse("replace", new_path)
        return await super().rename_file(old_path, new_path)


c.ServerApp.contents_manager_class = OriginalsStay
