"""Looking at mails, for those who check types."""

from email.message import EmailMessage

import msgidpolicy
from msgidpolicy.check import RULES, Change, Finding, Fixed, Left
from msgidpolicy.check.mail_check import MailCheck

findings: list[Finding] = msgidpolicy.audit(b"Subject: a\r\n\r\n", select=["msg-id"], severity="error")
findings += msgidpolicy.audit(EmailMessage(), ignore=["message"])
for finding in findings:
    place: tuple[int, int, int] = finding.line, finding.start, finding.end
    effect: tuple[str, ...] = finding.effect
    mended: bytes = finding.mended or finding.was
    clause: str = RULES[finding.rule].clause

fixed: Fixed = msgidpolicy.fix("Subject: a\n\n", signed=True)
changes: list[Change] = fixed.changes
left: list[Left] = fixed.left


def test_no_mail_has_a_finding(mail_check: MailCheck) -> None:
    mail_check.ignore.append("msg-id-domain")
    mail_check.assert_clean()
