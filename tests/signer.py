"""Sign and verify by openssl, with a key made for the test."""

import email
import shutil
import subprocess

OPENSSL = shutil.which("openssl")


class Signer:
    """A key in a folder, as ``key.pem`` and ``cert.pem``, and what is done with it."""

    def __init__(self, folder):
        self.folder = folder
        options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=ann@example.com"]
        self.run("req", *options, "-keyout", "key.pem", "-out", "cert.pem")

    def run(self, *arguments, given=b""):
        run = subprocess.run([OPENSSL, *arguments], input=given, cwd=self.folder, capture_output=True)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def sign(self, octets):
        """A detached signature (RFC 8551, 3.5.3), in DER."""
        how = ["-sign", "-binary", "-md", "sha256", "-outform", "DER", "-signer", "cert.pem", "-inkey", "key.pem"]
        return self.run("smime", *how, given=octets)

    def verify(self, message):
        """Verify a message as openssl reads it, and again the very octets between its boundaries."""
        self.run("smime", "-verify", "-CAfile", "cert.pem", given=message)
        signed, signature = signed_and_signature(message)
        (self.folder / "signed").write_bytes(signed)
        how = ["-verify", "-binary", "-CAfile", "cert.pem", "-content", "signed", "-inform", "DER"]
        self.run("smime", *how, given=signature)


def signed_and_signature(message):
    """The octets of the signed part, and the signature behind it (RFC 1847, 2.1)."""
    boundary = b"\r\n--" + email.message_from_bytes(message).get_boundary().encode()
    _, signed, signature, end = message.split(boundary)
    assert end.startswith(b"--")
    assert signed.startswith(b"\r\n")
    return signed[2:], email.message_from_bytes(signature[2:]).get_payload(decode=True)
