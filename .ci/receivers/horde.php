<?php
// What Horde (the library of Nextcloud Mail) sees in each file: a line of JSON each.
spl_autoload_register(function ($class) {
    $path = '/usr/share/php/' . strtr($class, ['_' => '/', '\\' => '/']) . '.php';
    if (is_file($path)) {
        require $path;
    }
});
error_reporting(E_ALL & ~E_DEPRECATED);

function values($headers, $name)
{
    $header = $headers->getHeader($name);
    return $header ? [$header->value_single ?? $header->value] : [];
}

function words($headers, $name)
{
    return preg_split('/\s+/', implode(' ', values($headers, $name)), -1, PREG_SPLIT_NO_EMPTY);
}

// Horde_Mime_Headers would decode a name a second time; its IMAP client, which Nextcloud Mail uses, does not.
function mailboxes($octets, $name)
{
    $head = preg_split('/\r?\n\r?\n/', $octets, 2)[0];
    if (!preg_match("/^$name:((?:.*\r?\n[ \t])*.*)/mi", $head, $field)) {
        return [];
    }
    $found = [];
    $list = (new Horde_Mail_Rfc822())->parseAddressList(preg_replace('/\r?\n/', '', $field[1]));
    foreach ($list->raw_addresses as $one) {
        $found[] = [$one->personal ?? '', $one->bare_address];
    }
    return $found;
}

function seen($octets)
{
    $headers = Horde_Mime_Headers::parseHeaders($octets);
    $seen = [];
    foreach (['subject', 'comments', 'x-text', 'list-unsubscribe', 'dkim-signature'] as $name) {
        $seen[$name] = values($headers, $name);
    }
    foreach (['from', 'to', 'cc', 'reply-to'] as $name) {
        $seen[$name] = mailboxes($octets, $name);
    }
    foreach (['message-id', 'references', 'in-reply-to'] as $name) {
        $seen[$name] = words($headers, $name);
    }
    $seen['filename'] = $seen['content-id'] = [];
    foreach (Horde_Mime_Part::parseMessage($octets)->partIterator() as $part) {
        if ($part->getDisposition()) {
            $seen['filename'][] = $part->getName() ?? '';
            $seen['content-id'][] = $part->getContentId() ?? '';
        }
    }
    return $seen;
}

foreach (array_slice($argv, 1) as $name) {
    try {
        // Its own conversion of line ends fails where a CR LF lies across two blocks that it reads.
        $seen = seen(str_replace("\r\n", "\n", file_get_contents($name)));
    } catch (Throwable $error) {
        $seen = ['error' => get_class($error) . ': ' . $error->getMessage()];
    }
    echo json_encode($seen, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
