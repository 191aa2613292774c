"""The table of what messages.py measured: microseconds, and how many times faster than the standard library.

    python ratios.py RESULTS.json
"""
import sys

import pyperf


def main(path):
    suite = pyperf.BenchmarkSuite.load(path)
    least = {bench.get_name(): min(bench.get_values()) * 1e6 for bench in suite}
    print(f"{'':62}{'standard library':>18}{'msgidpolicy':>14}{'times':>9}")
    for name, ours in least.items():
        row, _, label = name.rpartition(" / ")
        if label == "standard library":
            continue
        theirs = least[f"{row} / standard library"]
        row = row if label == "msgidpolicy" else f"{row}, {label}"
        print(f"{row:62}{theirs:15,.2f} µs{ours:11,.2f} µs{theirs / ours:9,.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
