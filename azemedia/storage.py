"""Static files under names that change with their content, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # A module that imports another by a relative path gets its hashed name, too.
    support_js_module_import_aggregation = True
