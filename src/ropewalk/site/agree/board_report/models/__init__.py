"""Reports that were made, and their versions for everybody."""

from ropewalk.site.agree.board_report.models.reports import PublicVersion, Report

__all__ = ["PublicVersion", "Report"]
