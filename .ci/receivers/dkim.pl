# Whether Mail::DKIM finds that the signatures of each file hold: a line of results each.
#
#   perl dkim.pl PUBLIC_KEY FILE …
use strict;
use warnings;
use Mail::DKIM::PublicKey;
use Mail::DKIM::Verifier;

my $public = shift @ARGV;
{
    no warnings 'redefine';    # the key is at hand, not in the DNS
    *Mail::DKIM::Signature::fetch_public_key = sub { };
    *Mail::DKIM::Signature::get_public_key = sub { Mail::DKIM::PublicKey->parse("v=DKIM1; k=rsa; p=$public") };
}

for my $name (@ARGV) {
    open my $file, '<:raw', $name or die "$name: $!";
    my $verifier = Mail::DKIM::Verifier->new;
    $verifier->load($file);
    print join(' ', map { $_->result } $verifier->signatures), "\n";
}
