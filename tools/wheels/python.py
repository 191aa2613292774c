"""The Pythons that wheels are for."""

from typing import NamedTuple


class Python(NamedTuple):
    """A Python, or all from one on.

    Attributes:
        tag (str): its interpreter and ABI, as wheels name them.
        headers (str): the version whose headers the extension is compiled with.
        macros (tuple of str): what is defined for that.
    """

    tag: str
    headers: str
    macros: tuple = ()

    @property
    def is_stable(self):
        """Is the extension for newer ones, too?"""
        return "abi3" in self.tag

    def file(self, machine):
        """The name of the extension's file."""
        if machine.is_windows:
            return "_core.pyd" if self.is_stable else f"_core.{self.tag.partition('-')[2]}-{machine.suffix}.pyd"
        if self.is_stable:
            return "_core.abi3t.so" if self.tag.endswith("abi3t") else "_core.abi3.so"
        return f"_core.cpython-{self.tag.partition('-cp')[2]}-{machine.suffix}.so"


def _free_threaded(minor):
    # Python's own headers are the same for both kinds of build, but for this.
    return Python(f"cp3{minor}-cp3{minor}t", f"3.{minor}", ("Py_GIL_DISABLED=1",))


#: A wheel for 3.10 serves interpreters with a GIL of their own not yet (a slot of 3.12), so pip is to prefer the other one
#: there. Before 3.10 the Limited API has no METH_FASTCALL.
PYTHONS = [
    Python("cp312-abi3", "3.15", ("Py_LIMITED_API=0x030C0000",)),
    Python("cp310-abi3", "3.15", ("Py_LIMITED_API=0x030A0000",)),
    Python("cp39-cp39", "3.9"),
    _free_threaded(13),
    _free_threaded(14),
    _free_threaded(15),
    Python("cp315-abi3.abi3t", "3.15", ("Py_TARGET_ABI3T=0x030F0000",)),
]
