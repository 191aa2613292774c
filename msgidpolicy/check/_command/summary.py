"""What was found in many mails, by kind."""

from dataclasses import dataclass, field

from ..rule import RULES, SEVERITIES


@dataclass
class Kind:
    """A rule that was broken.

    Attributes:
        rule, severity, reason, clause (str): the rule's.
        effect (tuple of str): what receivers make of it.
        findings (int): how often it was found.
        mails (int): how many mails break it.
        path (str), line (int): the first place.
    """

    rule: str
    severity: str
    reason: str
    clause: str
    effect: tuple
    path: str
    line: int
    findings: int = 0
    mails: int = 0


@dataclass
class Summary:
    """What was found.

    Attributes:
        mails (int): how many were looked at.
        broken (int): how many of them have a finding.
        findings (int): how many there are.
        unread (list of tuple of str): path and reason of each file that could not be read.
        skipped (list of str): path of each file in a folder that is not a mail.
    """

    mails: int = 0
    broken: int = 0
    findings: int = 0
    unread: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    _kinds: dict = field(default_factory=dict)

    def add(self, findings):
        """Count the findings (list of Finding) of one more mail."""
        self.mails += 1
        self.broken += bool(findings)
        self.findings += len(findings)
        for finding in findings:
            self._kind(finding).findings += 1
        for rule in {finding.rule for finding in findings}:
            self._kinds[rule].mails += 1

    def _kind(self, finding):
        kind = self._kinds.get(finding.rule)
        if kind is None:
            reason = RULES[finding.rule].reason
            kind = Kind(finding.rule, finding.severity, reason, finding.clause, finding.effect, finding.path, finding.line)
            self._kinds[finding.rule] = kind
        return kind

    @property
    def kinds(self):
        """list of Kind: worst first: by severity, then by how many mails break it, then what receivers are known to make
        something of, as there are faults that nobody was seen to mind."""
        return sorted(self._kinds.values(), key=_rank)


def _rank(kind):
    return SEVERITIES.index(kind.severity), -kind.mails, not kind.effect, kind.rule
