"""What a wheel is made of, as CycloneDX has it, for its ``.dist-info/sboms`` (PEP 770).

All of it is ours: the package, and the C core that is compiled into it, which has a version of its own. There is no
time and no serial number in it, so that two builds are the same octets.
"""

import json
import re
from pathlib import Path

HEADER = Path(__file__).resolve().parent.parent / "src" / "core" / "msgidpolicy.h"
LICENCE = [{"license": {"id": "BSD-3-Clause"}}]


def core_version():
    """The version of the C core (str), as its header has it."""
    return re.search(r'^#define MIP_VERSION "(.+)"', HEADER.read_text("utf-8"), re.MULTILINE)[1]


def sbom(name, version):
    """The bill of materials (str) of a wheel of this name and version."""
    package, core = f"pkg:pypi/{name}@{version}", f"pkg:generic/{name}-core@{core_version()}"
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": package,
                "name": name,
                "version": version,
                "purl": package,
                "licenses": LICENCE,
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": core,
                "name": f"{name}-core",
                "version": core_version(),
                "description": "src/core, src/shown and src/bodies, compiled into the extension module",
                "purl": core,
                "licenses": LICENCE,
            }
        ],
        "dependencies": [{"ref": package, "dependsOn": [core]}, {"ref": core}],
    }
    return json.dumps(document, indent=2) + "\n"
