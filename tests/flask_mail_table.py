"""Print the judge's verdict on each field, for every import order and both classes of message.

python flask_mail_table.py
"""

import importlib.metadata
import sys

from flask_mail_sender import MEANT, ORDERS
from test_flask_mail import verdicts


def main():
    version = importlib.metadata.version("flask-mail")
    print(f"Flask-Mail {version}, Python {sys.version.split()[0]}; fields: {', '.join(MEANT)}")
    for class_name in ("flask_mail.Message", "msgidpolicy.Message"):
        for order in ORDERS:
            found = verdicts(order, class_name)
            broken = [f"{name} {rules[0].partition(':')[0]}" for name, rules in found.items() if rules]
            print(f"{class_name:20} {order:44} {len(found) - len(broken)} of {len(found)} right {' '.join(broken)}")


if __name__ == "__main__":
    main()
