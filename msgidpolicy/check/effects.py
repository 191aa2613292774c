"""What receivers make of a mail that breaks a rule: what was seen of them, or what they document, and nothing else."""

EFFECTS = {
    "msg-id-encoded": (
        "Exchange may reject the mail: 554 5.6.0 Corrupt message content",
        "Dovecot loses the thread",
        "10 of 19 parsers read another id",
    ),
}
