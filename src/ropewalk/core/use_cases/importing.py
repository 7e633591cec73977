"""Import published statistics into a store."""

from ropewalk.core.open_data.importing import FileReport, ImportReport, Progress, import_open_data

__all__ = ["FileReport", "ImportReport", "Progress", "import_open_data"]
