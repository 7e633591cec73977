"""Descriptions of columns that Explore Education Statistics publishes beside each data file (.meta.csv)."""

from __future__ import annotations

from ropewalk.core.open_data.declaration import Publication

PUBLICATIONS = (
    Publication(
        id="column_descriptions",
        title="Explore Education Statistics: descriptions of columns",
        publisher="Department for Education",
        page="https://explore-education-statistics.service.gov.uk/data-catalogue",
        files=("*.meta.csv",),
        text=(
            "col_name",
            "col_type",
            "label",
            "indicator_grouping",
            "indicator_unit",
            "filter_hint",
            "filter_grouping_column",
        ),
        edition="descriptions",
    ),
)
