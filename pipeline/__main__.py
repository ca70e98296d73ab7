"""python -m pipeline: the same as `taizhang`."""

import sys

from .cli import main

sys.exit(main())
