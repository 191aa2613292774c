"""What the extension in a wheel is linked to."""

import io
import zipfile

from elftools.elf.elffile import ELFFile

#: Each system has these. Python is there already when it loads an extension.
LIBRARIES = {
    "libc.so.6", "libpthread.so.0", "ld-linux.so.2", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "ld-linux-armhf.so.3",
    "ld64.so.1", "libc.so",
}  # fmt: skip


def foreign_libraries(wheel):
    """The libraries (list of str) that the extension of a wheel (Path) for Linux needs, and may miss."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if "/_core." in name and not name.endswith(".pyi")]
        octets = archive.read(name)
    if not octets.startswith(b"\x7fELF"):
        return []
    dynamic = ELFFile(io.BytesIO(octets)).get_section_by_name(".dynamic")
    return sorted({tag.needed for tag in dynamic.iter_tags() if tag.entry.d_tag == "DT_NEEDED"} - LIBRARIES)
