# msgidpolicy.pytest_plugin is not for users: nothing of it is promised to stay.
