"""A wheel with another extension in it."""

import base64
import hashlib
import os
import time
import zipfile


def repacked(wheel, python, machine, extension, folder):
    """Write the wheel for a Python and a machine; return its path (Path).

    Args:
        wheel (Path): one for whatever Python and machine; all but its extension and its tags is taken.
        extension (bytes): that of the new one.
        folder (Path): where it goes.
    """
    name, version = wheel.name.split("-")[:2]
    path = folder / f"{name}-{version}-{python.tag}-{machine.platforms}.whl"
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    records = []

    def put(archive, member, octets, mode=0o644):
        info = zipfile.ZipInfo(member, moment)
        info.external_attr = (0o100000 | mode) << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, octets, compresslevel=9)
        digest = base64.urlsafe_b64encode(hashlib.sha256(octets).digest()).rstrip(b"=").decode()
        records.append(f"{member},sha256={digest},{len(octets)}")

    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(path, "w") as new:
        for member in sorted(old.namelist()):
            if member.endswith("/WHEEL"):
                put(new, member, _with_tags(old.read(member).decode(), python, machine).encode())
            elif not member.endswith("/RECORD") and not member.startswith(f"{name}/_core.") or member.endswith(".pyi"):
                put(new, member, old.read(member))
        put(new, f"{name}/{python.file(machine)}", extension, 0o755)
        record = f"{name}-{version}.dist-info/RECORD"
        put(new, record, ("\n".join([*records, f"{record},,"]) + "\n").encode())
    return path


def _with_tags(text, python, machine):
    lines = [line for line in text.splitlines() if line and not line.startswith("Tag:")]
    interpreter, abis = python.tag.split("-")
    lines += [f"Tag: {interpreter}-{abi}-{platform}" for abi in abis.split(".") for platform in machine.platforms.split(".")]
    return "\n".join(lines) + "\n"
