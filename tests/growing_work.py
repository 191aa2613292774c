"""Is what is large as much work as the same in 16 parts?"""

import time


def seconds_of_the_processor(work, inputs):
    before = time.process_time()
    for each in inputs:
        work(each)
    return time.process_time() - before


def assert_as_much_work(work, whole, part):
    """One call of ``work`` (a function of octets) for the whole takes no more than 16 for a part of a 16th, of which 4 are made.

    Whatever else runs makes some of the times longer and none shorter; what is quadratic is 16 times the work. The 20th of a
    second is for clocks that tick seldom.
    """
    once = many = float("inf")
    for _ in range(10):
        once = min(once, seconds_of_the_processor(work, [whole]))
        many = min(many, 4 * seconds_of_the_processor(work, [part] * 4))
        if once < 3 * many + 0.05:
            return
    assert once < 3 * many + 0.05
