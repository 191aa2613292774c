# What Perl's Email::MIME and Email::Address::XS see in each file: a line of JSON each.
use strict;
use warnings;
use Email::Address::XS qw(parse_email_addresses);
use Email::MIME;
use Email::MIME::Header::AddressList;
use JSON::PP;

my $json = JSON::PP->new->utf8->canonical;

sub words { [map { split ' ' } @_] }

sub mailboxes {
    my ($message, $name) = @_;
    my $list = $message->header_as_obj($name) or return [];
    return [map { [$_->phrase // $_->comment // '', $_->address] } $list->addresses];
}

sub parts {
    my ($message, $seen) = @_;
    $message->walk_parts(sub {
        my ($part) = @_;
        return unless $part->header('Content-Disposition');
        push @{$seen->{filename}}, $part->filename // '';
        push @{$seen->{'content-id'}}, $part->header_raw('Content-ID') // '';
    });
}

sub seen {
    my ($message) = @_;
    my %seen;
    $seen{$_} = [$message->header_str($_)] for qw(subject comments x-text);
    $seen{$_} = mailboxes($message, $_) for qw(from to cc reply-to);
    $seen{$_} = words($message->header_raw($_)) for qw(message-id references in-reply-to);
    $seen{$_} = [$message->header_raw($_)] for qw(list-unsubscribe dkim-signature);
    parts($message, \%seen);
    return \%seen;
}

for my $name (@ARGV) {
    open my $file, '<:raw', $name or die "$name: $!";
    my $octets = do { local $/; <$file> };
    my $seen = eval { seen(Email::MIME->new($octets)) } // {error => "$@"};
    print $json->encode($seen), "\n";
}
