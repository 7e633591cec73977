"""The core: pure Python; no web, no settings, no clock. Faces (site, command line) call it through ``use_cases``."""
