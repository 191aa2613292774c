# What Perl's MIME::Parser and Mail::Address see in each file: a line of JSON each.
use strict;
use warnings;
use Encode qw(decode);
use JSON::PP;
use MIME::Parser;
use MIME::WordDecoder qw(mime_to_perl_string);

my $json = JSON::PP->new->utf8->canonical;
my $parser = MIME::Parser->new;
$parser->output_to_core(1);
$parser->tmp_to_core(1);

sub raw {
    my ($head, $name) = @_;
    my @values = $head->get_all($name);
    s/\r?\n(?=[ \t])//g, s/\r?\n\z// for @values;    # get_all leaves the folds
    return @values;
}

sub words { [map { split ' ' } @_] }
sub text { [map { mime_to_perl_string($_) } @_] }

sub seen {
    my ($message) = @_;
    my ($head, %seen) = ($message->head);
    $seen{$_} = text(raw($head, $_)) for qw(subject comments x-text);
    $seen{$_} = words(raw($head, $_)) for qw(message-id references in-reply-to);
    $seen{$_} = [raw($head, $_)] for qw(list-unsubscribe dkim-signature);
    for my $part (grep { $_->head->get('Content-Disposition') } $message->parts_DFS) {
        push @{$seen{filename}}, $part->head->recommended_filename // '';
        push @{$seen{'content-id'}}, raw($part->head, 'Content-ID');
    }
    return \%seen;
}

for my $name (@ARGV) {
    my $seen = eval { seen($parser->parse_open($name)) } // {error => "$@"};
    print $json->encode($seen), "\n";
}
