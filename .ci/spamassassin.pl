# Which of SpamAssassin's rules (-L: no network) a Message-ID hits, or a message.
#
#   perl spamassassin.pl <IDS      # one id a line; prints RULE COUNT for each rule that is hit
#   perl spamassassin.pl FILE …    # the same for messages
use strict;
use warnings;
use Mail::SpamAssassin;

my $filter = Mail::SpamAssassin->new({
    local_tests_only => 1,
    dont_copy_prefs => 1,
    userprefs_filename => '/dev/null',
    post_config_text => "use_bayes 0\n",
});
$filter->compile_now(0);
my (%hits, $messages);

sub check {
    my ($octets) = @_;
    my $mail = $filter->parse($octets, 0);
    my $status = $filter->check($mail);
    $hits{$_}++ for split /,/, $status->get_names_of_tests_hit();
    $status->finish;
    $mail->finish;
    $messages++;
}

for my $name (@ARGV) {
    open my $file, '<:raw', $name or die "$name: $!";
    check(do { local $/; <$file> });
}
while (!@ARGV and my $id = <STDIN>) {
    chomp $id;
    check("Received: from mx.example.org ([192.0.2.1]) by mx.example.net; Mon, 23 Nov 2026 17:09:55 +0000\n"
        . "From: Ann <ann\@example.org>\nTo: bob\@example.net\nSubject: Lunch\n"
        . "Date: Mon, 23 Nov 2026 17:09:54 +0000\nMessage-ID: $id\n"
        . "MIME-Version: 1.0\nContent-Type: text/plain\n\nSee you.\n");
}
print "messages $messages\n";
print "$_ $hits{$_}\n" for sort keys %hits;
