# msgidpolicy.field_body is not for users: nothing of it is promised to stay.
