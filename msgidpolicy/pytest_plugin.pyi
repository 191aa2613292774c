# Not for users: nothing of this module is promised to stay.
