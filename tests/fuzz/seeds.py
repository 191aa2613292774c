"""Write the examples of tests/spec into a folder, a file each, as inputs of the fuzz targets (input.h).

python3 seeds.py FOLDER
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from spec_examples import all_examples  # noqa: E402

BY_THE_NAME, TOKENS = 0, 5


def seed(number, example):
    options = example.options
    limit = options["limit"] if options["limit"] < 200 else 200
    head = [
        TOKENS if options["protected"] else BY_THE_NAME,
        limit,
        options["utf8"] + 2 * options["read"] + 4 * options["keep"],
        number % 16,
        number % 7,
    ]
    value = example.value
    if "utf-7" in value:  # the targets have a charset of their own for this
        value = value.replace("utf-7", "x-line-end").replace("+AAo-", "*n").replace("+AA", "*").replace("o-", "n")
    return bytes(head) + f"{example.name}: {value}".encode("utf-8", "surrogateescape")


def main(folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(all_examples()):
        (Path(folder) / f"spec-{number:04}").write_bytes(seed(number, example))


if __name__ == "__main__":
    main(*sys.argv[1:])
