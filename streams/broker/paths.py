"""Where the broker's data and its downloaded jars live unless the caller says otherwise."""

import os
from pathlib import Path

import platformdirs

_APP = "dragoman"


def default_data_dir() -> Path:
    """Give the broker's data folder: `$DRAGOMAN_DATA_DIR/broker`, else `broker` in the user's data folder."""
    chosen = os.environ.get("DRAGOMAN_DATA_DIR")
    return (Path(chosen).expanduser() if chosen else platformdirs.user_data_path(_APP)) / "broker"


def default_cache_dir() -> Path:
    """Give the folder for jars and the JVM's archive: `$DRAGOMAN_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("DRAGOMAN_CACHE_DIR")
    return Path(chosen).expanduser() if chosen else platformdirs.user_cache_path(_APP)
