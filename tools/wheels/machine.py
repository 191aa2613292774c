"""The kinds of machine that wheels are for."""

from typing import NamedTuple


class Machine(NamedTuple):
    """A kind of machine.

    Attributes:
        platforms (str): as wheels name it, the tags with dots between them.
        zig (str): as Zig names it as a target.
        debian (str): as Debian names one with the same sizes of C's types.
        suffix (str): what the file of an extension has in its name.
        emulator (str): what runs its programs on another one; none for the machine that this is.
    """

    platforms: str
    zig: str
    debian: str
    suffix: str
    emulator: str = ""

    @property
    def name(self):
        """str: the tag that pip is asked with, the newest."""
        return self.platforms.rpartition(".")[2]

    @property
    def is_windows(self):
        return self.name.startswith("win")

    @property
    def is_macos(self):
        return self.name.startswith("macosx")


def _glibc(machine, zig, debian, triplet, emulator=""):
    # Installers that know no manylinux_2_17 know its older name.
    return Machine(f"manylinux2014_{machine}.manylinux_2_17_{machine}", f"{zig}.2.17", debian, triplet, emulator)


def _musl(machine, zig, debian, triplet):
    return Machine(f"musllinux_1_2_{machine}", zig, debian, triplet)


MACHINES = [
    _glibc("x86_64", "x86_64-linux-gnu", "amd64", "x86_64-linux-gnu"),
    _glibc("aarch64", "aarch64-linux-gnu", "arm64", "aarch64-linux-gnu", "qemu-aarch64"),
    _glibc("i686", "x86-linux-gnu", "i386", "i386-linux-gnu", "qemu-i386"),
    _glibc("armv7l", "arm-linux-gnueabihf", "armhf", "arm-linux-gnueabihf", "qemu-arm"),
    _glibc("s390x", "s390x-linux-gnu", "s390x", "s390x-linux-gnu", "qemu-s390x"),
    _musl("x86_64", "x86_64-linux-musl", "amd64", "x86_64-linux-musl"),
    _musl("aarch64", "aarch64-linux-musl", "arm64", "aarch64-linux-musl"),
    _musl("i686", "x86-linux-musl", "i386", "i386-linux-musl"),
    _musl("armv7l", "arm-linux-musleabihf", "armhf", "arm-linux-musleabihf"),
    _musl("s390x", "s390x-linux-musl", "s390x", "s390x-linux-musl"),
    Machine("macosx_11_0_universal2", "x86_64-macos.11.0 aarch64-macos.11.0", "amd64", "darwin"),
    Machine("win_amd64", "x86_64-windows-gnu", "", "win_amd64"),
    Machine("win_arm64", "aarch64-windows-gnu", "", "win_arm64"),
]
