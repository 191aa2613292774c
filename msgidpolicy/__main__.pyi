# msgidpolicy.__main__ is not for users: nothing of it is promised to stay.
