# msgidpolicy.django.apps is not for users: nothing of it is promised to stay.
