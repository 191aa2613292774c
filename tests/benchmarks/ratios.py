"""The table of what messages.py measured: microseconds, and how many times faster than the standard library.

python ratios.py RESULTS.json
"""

import sys

import pyperf


def main(path):
    suite = pyperf.BenchmarkSuite.load(path)
    rows = {}
    for bench in suite:
        row, _, label = bench.get_name().rpartition(" / ")
        rows.setdefault(row, {})[label] = min(bench.get_values()) * 1e6
    print(f"{'':62}{'standard library':>18}{'msgidpolicy':>14}{'times':>9}")
    for row, least in rows.items():
        theirs = least.pop("standard library", None)
        for label, ours in least.items():
            shown = row if label == "msgidpolicy" else f"  by {label}"
            beside = f"{theirs:15,.2f} µs" if theirs and label == "msgidpolicy" else f"{'':18}"
            times = f"{theirs / ours:9,.1f}" if theirs else ""
            print(f"{shown:62}{beside}{ours:11,.2f} µs{times}")


if __name__ == "__main__":
    main(sys.argv[1])
