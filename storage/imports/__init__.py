from storage.imports.repository import SqlImport
from storage.imports.staging import FileStaging

__all__ = ["FileStaging", "SqlImport"]
