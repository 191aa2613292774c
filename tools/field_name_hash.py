"""The tables by which field_name.c finds a name: run it after a change of the names there, and put in what it prints.

python tools/field_name_hash.py
"""

import random
import re
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "src" / "core" / "field_name.c"
SHIFTS, PLACES, NOWHERE = 32, 128, 255


def names():
    return [name.encode() for name in re.findall(r'\{NAME\("([^"]+)"\)', TABLE.read_text("utf-8"))]


def value(name, factors):
    """What hash_of() in field_name.c makes of a name."""
    parts = [len(name), name[0] | 32, name[len(name) // 2] | 32, name[-1] | 32, name[-2] | 32]
    return sum(factor * part for factor, part in zip(factors, parts))


def shifted(values):
    """The shift of each group of values, and the place of each name; None where two have to share one.

    The largest groups come first, as they have the fewest shifts to choose from.
    """
    groups = [[number for number, value in enumerate(values) if value % SHIFTS == shift] for shift in range(SHIFTS)]
    shifts, places = [0] * SHIFTS, [NOWHERE] * PLACES
    for group, numbers in sorted(enumerate(groups), key=lambda each: -len(each[1])):
        for shift in range(256):
            wanted = [(values[number] // SHIFTS + shift) % PLACES for number in numbers]
            if len(set(wanted)) == len(wanted) and all(places[place] == NOWHERE for place in wanted):
                break
        else:
            return None
        shifts[group] = shift
        for number, place in zip(numbers, wanted):
            places[place] = number
    return shifts, places


def rows(numbers):
    lines = [", ".join(map(str, numbers[begin : begin + 16])) for begin in range(0, len(numbers), 16)]
    return ",\n".join(f"    {line}" for line in lines)


def main():
    choose, found = random.Random(1), None
    while not found:
        factors = [choose.randrange(1, 256) for _ in range(5)]
        found = shifted([value(name, factors) for name in names()])
    print(
        "enum {",
        ", ".join(f"OF_{part} = {factor}" for part, factor in zip(("SIZE", "FIRST", "MIDDLE", "LAST", "BEFORE_LAST"), factors)),
        "};",
    )
    print("shifts:", rows(found[0]), "places:", rows(found[1]), sep="\n")


if __name__ == "__main__":
    main()
