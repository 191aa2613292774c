"""What every format is."""


class Report:
    """Writes what was found.

    Args:
        stream (text stream): where to; UTF-8, but for a terminal of another encoding, and never closed here.
        options (argparse.Namespace): those of ``check``; a format may add its own to ``check_command``.
    """

    def __init__(self, stream, options):
        self.stream, self.options = stream, options

    def mail(self, place, findings):
        """Tell what is wrong with a mail; called for mails with findings alone.

        Args:
            place (Place): where the mail stands.
            findings (list of Finding): at least one; ``path`` and ``line`` are those in the file.
        """
        raise NotImplementedError

    def end(self, summary):
        """All mails were looked at.

        Args:
            summary (Summary): how many mails and findings, the kinds worst first, and what could not be read.
        """
        raise NotImplementedError
