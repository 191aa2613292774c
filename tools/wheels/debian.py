"""Debian's Pythons, of any machine: packages unpacked into a folder, with their C library. Nothing of the system changes."""

import os
import subprocess
from pathlib import Path

#: Where each version is, and what is taken of it.
RELEASES = {"3.9": "bullseye", "3.11": "bookworm", "3.13": "sid", "3.14": "sid", "3.15": "sid"}
#: Versions of a machine that are no more; 3.9 is in a release that some machines have left.
GONE = {("3.9", "s390x")}
HEADERS = ["libpython{}-dev"]
RUN = ["python{}-minimal", "libpython{}-minimal", "libpython{}-stdlib", "libc6", "libgcc-s1", "libexpat1", "libzstd1", "zlib1g"]
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"

CONFIGURATION = """\
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "{folder}/lists";
Dir::Cache "{folder}/cache";
APT::Sandbox::User "root";
APT::Architectures {{ "amd64"; "arm64"; "i386"; "armhf"; "s390x"; }};
"""


class Debian:
    """Packages of all releases, kept in a folder (Path)."""

    def __init__(self, folder):
        self.folder = folder

    def python(self, version, architecture, can_run=False):
        """The folder (Path) with a version's headers, and with what runs it if that is asked for."""
        root = self.folder / f"{version}-{architecture}{'-run' if can_run else ''}"
        if not root.exists():
            names = [name.format(version) for name in HEADERS + (RUN if can_run else [])]
            self._unpack(names, RELEASES[version], architecture, root)
        return root

    def include(self, version, architecture):
        """The folders (list of Path) of headers. Debian has those that depend on the machine in one of their own."""
        include = self.python(version, architecture) / "usr" / "include"
        return [include, include / f"python{version}"]

    def _unpack(self, names, release, architecture, root):
        apt = self._apt(release)
        packages, unpacked = [root.parent / f"{root.name}.{state}" for state in ("packages", "unpacked")]
        packages.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["apt-get", "-qq", "download", *[f"{name}:{architecture}" for name in names]], cwd=packages, env=apt, check=True
        )
        for package in sorted(packages.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
        if not (unpacked / "lib").exists():  # as another package has it
            (unpacked / "lib").symlink_to("usr/lib")
        unpacked.rename(root)

    def _apt(self, release):
        """The environment (dict) in which apt knows this release, and only this."""
        folder = self.folder / release
        environment = {**os.environ, "APT_CONFIG": str(folder / "apt.conf")}
        if not folder.exists():
            for name in ("lists/partial", "cache/archives/partial"):
                (folder / name).mkdir(parents=True)
            (folder / "sources.list").write_text(f"deb [signed-by={KEYS}] {_archive()} {release} main\n")
            (folder / "apt.conf").write_text(CONFIGURATION.format(folder=folder))
            subprocess.run(["apt-get", "-qq", "update"], env=environment, check=True)
        return environment


def _archive():
    """Where the system itself has its packages from."""
    found = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=True)
    return next(line for line in found.stdout.split() if Path(line).name == "debian")
