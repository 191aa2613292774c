# msgidpolicy.flask_mail.hook is not for users: nothing of it is promised to stay.
