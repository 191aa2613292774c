"""What receivers make of a mail that breaks a rule.

Said as it is, it was seen: the program was given such a mail (``docs/check/index.rst`` names the 19 parsers). "Documented" is
what a receiver says of itself, "reported" what others say of it. A rule that is not here is one of which nothing is known.
"""

_CUT = "Postfix cuts the line at 998 octets, in mid-word"
_BOUNCED = 'Exim bounces the mail: "message has lines too long for transport"'
_NO_ID = 'reported: Gmail rejects the mail: "550-5.7.1 Messages missing a valid Message-ID header are not accepted"'

EFFECTS = {
    "line-too-long": (
        f"{_CUT}, and DKIM signatures fail",
        _BOUNCED,
        'amavis finds a bad header: "Header line longer than 998 characters"',
    ),
    "line-over-limit": ("19 of 19 parsers read lines of up to 997 octets",),
    "line-empty-first": (
        "rspamd adds 1.0 for each of From, To, Cc, Reply-To and Date that is so",
        "19 of 19 parsers read it right",
    ),
    "line-blank": (
        'amavis finds a bad header: "Improper folded header field made up entirely of whitespace"',
        "Exim strips it at the end of a field, and simple DKIM signatures fail",
        "nearly all parsers show doubled blanks",
    ),
    "line-no-field": ('Cyrus refuses the mail: "NO Message contains invalid header"',),
    "line-no-space": ("rspamd adds 1.0 for each field that is so",),
    "octet-nul": (
        "Postfix, GMime and PHP's mailparse cut the value there",
        "amavis finds a bad header",
        "SpamAssassin adds 0.511 (NULL_IN_BODY)",
    ),
    "octet-control": ("SpamAssassin and rspamd find fault with it in Subject (SUBJECT_NEEDS_ENCODING)",),
    "octet-bare-cr": (
        "a line end to 6 of 19 parsers: what follows it may become a field, a Bcc too",
        "Postfix makes it a blank, and DKIM signatures fail",
        "amavis finds a bad header",
    ),
    "octet-bare-lf": (
        "a line end to 18 of 19 parsers, Postfix and Dovecot: what follows it may become a field, a Bcc too",
        "documented: Exchange Online rejects the mail: 550 5.6.11",
    ),
    "octet-8bit": (
        "5 of 19 parsers garble UTF-8 in Subject, 4 of 19 read another Message-ID",
        "amavis finds a bad header",
        "rspamd adds 1.0 (SUBJECT_NEEDS_ENCODING, FROM_NEEDS_ENCODING) and 1.25 (R_MIXED_CHARSET)",
    ),
    "octet-not-utf8": (
        "amavis finds a bad header",
        "SpamAssassin adds 1.1 for it in Subject (SUBJ_ILLEGAL_CHARS), rspamd 1.0",
    ),
    "encoded-word-too-long": ("18 of 19 parsers read it; MIME::Parser does not",),
    "encoded-word-empty": ("rspamd leaves it as it stands and adds 1.5 (SUBJ_EXCESS_BASE64)",),
    "encoded-word-split": ("11 of 19 parsers garble the character", "GMime cuts the text off there"),
    "encoded-word-glued": (
        'reported: Yahoo rejects two words with nothing between them: "554 Message not accepted. Invalid Subject header"',
        "Jakarta Mail, GMime, fast-mail-parser and Rust's mailparse misread two words with nothing between them",
    ),
    "encoded-word-needless": ("rspamd adds 1.2 (_EXCESS_QP) or 1.5 (_EXCESS_BASE64) in Subject, From, To, Cc and Reply-To",),
    "encoded-word-look-alike": (
        "11 of 27 receivers leave the encoded-words beside it undecoded",
        "Horde (Nextcloud Mail) and libetpan (MailCore) lose the text after it",
    ),
    "encoded-word-in-quotes": ("Go's net/mail and go-message, CPython's compat32 and mail-parser show the encoded text",),
    "encoded-word-in-address": (
        "Postfix takes it for the name of a user of its own host, and DKIM signatures fail",
        "sendmail puts its own host after it",
    ),
    "encoded-word-in-parameter": ("5 of 19 parsers show the encoded text as the name of the file",),
    "encoded-word-in-token": (
        "of List-Unsubscribe and DKIM-Signature in 1,194 mails of CPython 3.11 the 26 receivers misread 857",
    ),
    "msg-id-encoded": (
        "reported: Exchange rejects the mail: 554 5.6.0 Corrupt message content",
        "reported: Outlook and Exchange drop the field; Gmail and Outlook write another Message-ID",
        "Dovecot loses the thread",
        "10 of 19 parsers read another Message-ID; 11 lose all or all but one of References",
        "SpamAssassin adds 2.602 (INVALID_MSGID)",
    ),
    "msg-id-folded": (
        "18 of 19 parsers read another id where it is folded",
        "SpamAssassin adds 2.602, rspamd 1.7 (INVALID_MSGID)",
    ),
    "msg-id-brackets": (
        "reported: Gmail puts an id of its own in its place (SMTPIN_ADDED_BROKEN@mx.google.com)",
        "rspamd adds 0.5 (MID_MISSING_BRACKETS)",
    ),
    "msg-id-syntax": (
        _NO_ID,
        "SpamAssassin adds 2.602 (INVALID_MSGID), or 1.0 for an id without @ or with two",
        "rspamd adds 1.7 (INVALID_MSGID)",
    ),
    "msg-id-domain": (
        "rspamd adds 0.5 for a domain without a dot (MID_RHS_NOT_FQDN), 2.0 for an IP address (MID_BARE_IP), 0.5 for one in "
        "brackets (MID_RHS_IP_LITERAL)",
    ),
    "msg-id-too-long": (
        "documented: Gmail blocks a mail whose Message-ID has over 500 characters",
        "notmuch keeps a hash in the place of an id over 189 octets",
    ),
    "msg-id-comma": ("GMime, go-message, Ruby's mail and Rust's mailparse read 1 of 30 ids",),
    "msg-id-glued": ("mailparser (JavaScript) reads two ids as one",),
    "msg-id-second-line": (
        "Dovecot hands the id to clients with a blank in front (ENVELOPE)",
        "reported: clients that compare ids lose the thread (Odoo), or put the line end into their answer (Nextcloud Mail)",
        "19 of 19 parsers read it right",
    ),
    "address-folded": (
        "Jakarta Mail raises an exception",
        "both parsers in Rust and postal-mime read another address; PHP's mailparse makes up a name",
    ),
    "address-quotes-folded": (
        "GMime (notmuch, Geary) keeps the line end in the name",
        "CPython's compat32 loses the name and the address",
    ),
    "parameter-no-value": (
        'Go\'s net/mail and go-message read no parameter at all: "mime: invalid media parameter"',
        "Jakarta Mail raises an exception when it is asked for the file name",
    ),
    "parameter-sections": ("Ruby's mail (Discourse, GitLab, Redmine) puts the sections in the wrong order: *10* before *2*",),
    "message-no-message-id": (
        _NO_ID,
        "rspamd adds 2.5, SpamAssassin 0.552 (MISSING_MID)",
        "Postfix adds one to mail from its own networks, Exim adds none",
    ),
    "message-field-twice": (
        "reported: Gmail rejects two of From, Subject or Message-ID as duplicate headers",
        "rspamd adds 4.9 (MULTIPLE_UNIQUE_HEADERS)",
        "amavis finds a bad header",
        "of two Message-IDs 13 of 19 parsers read the first, 3 the last",
    ),
    "body-line-too-long": (_CUT, _BOUNCED),
}
