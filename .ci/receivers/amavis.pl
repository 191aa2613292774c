# What amavis' check of headers objects to in each file: a line of JSON each.
#
#   perl -I AMAVIS/usr/share/perl5 amavis.pl FILE …
use strict;
use warnings;
use JSON::PP;
use Amavis::Conf;
use Amavis::Unpackers::Validity;

my $json = JSON::PP->new->utf8->canonical;

{
    package Message;    # as much of Amavis::In::Message as the check asks for
    sub orig_header { $_[0]{fields} }
    sub smtputf8 { 0 }
}

$Amavis::Conf::current_policy_bank{allowed_header_tests} =
    {map { $_ => 1 } qw(syntax empty long control 8bit utf8 missing multiple)};

sub objections {
    my ($head) = @_;
    $head =~ s/\r\n/\n/g;
    my @fields = map { "$_\n" } split /\n(?![ \t])/, $head;
    my ($bad) = Amavis::Unpackers::Validity::check_header_validity(bless {fields => \@fields}, 'Message');
    return $bad;
}

@{objections("From: a\@example.com\nDate: today\nSubject: b\n \n")} == 1 or die 'amavis does not object to a blank line';
for my $name (@ARGV) {
    open my $file, '<:raw', $name or die "$name: $!";
    my ($head) = split /\r?\n\r?\n/, do { local $/; <$file> }, 2;
    print $json->encode({objections => objections($head)}), "\n";
}
