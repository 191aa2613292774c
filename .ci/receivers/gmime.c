/* What GMime sees in each file: a line of JSON each. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

static void put_string(const char *text)
{
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)(text ? text : ""); *at; at++) {
        if (*at == '"' || *at == '\\')
            putchar('\\');
        if (*at < 0x20)
            printf("\\u%04x", *at);
        else
            putchar(*at);
    }
    putchar('"');
}

static void put_one(const char *key, const char *text)
{
    printf("\"%s\":[", key);
    if (text)
        put_string(text);
    printf("],");
}

static void put_text(GMimeMessage *message, const char *key)
{
    const char *raw = g_mime_object_get_header(GMIME_OBJECT(message), key);

    put_one(key, raw);
}

static void put_mailboxes(InternetAddressList *list, int *first)
{
    for (int i = 0; list && i < internet_address_list_length(list); i++) {
        InternetAddress *address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            put_mailboxes(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), first);
            continue;
        }
        printf("%s[", *first ? "" : ",");
        put_string(internet_address_get_name(address));
        putchar(',');
        put_string(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
        putchar(']');
        *first = 0;
    }
}

static void put_addresses(const char *key, InternetAddressList *list)
{
    int first = 1;

    printf("\"%s\":[", key);
    put_mailboxes(list, &first);
    printf("],");
}

static void put_ids(GMimeMessage *message, const char *key)
{
    const char *header = g_mime_object_get_header(GMIME_OBJECT(message), key);
    GMimeReferences *ids = g_mime_references_parse(NULL, header ? header : "");

    printf("\"%s\":[", key);
    for (int i = 0; i < g_mime_references_length(ids); i++) {
        printf("%s", i ? "," : "");
        put_string(g_mime_references_get_message_id(ids, i));
    }
    printf("],");
    g_mime_references_free(ids);
}

static void put_part(GMimeObject *parent, GMimeObject *part, gpointer nothing)
{
    (void)parent;
    (void)nothing;
    if (!g_mime_object_get_content_disposition(part))
        return;
    put_one("filename", g_mime_object_get_content_disposition_parameter(part, "filename"));
    put_one("content-id", g_mime_object_get_content_id(part));
}

static void put_message(GMimeMessage *message)
{
    GMimeObject *body = g_mime_message_get_mime_part(message);

    putchar('{');
    put_text(message, "subject");
    put_text(message, "comments");
    put_text(message, "x-text");
    put_addresses("from", g_mime_message_get_from(message));
    put_addresses("to", g_mime_message_get_to(message));
    put_addresses("cc", g_mime_message_get_cc(message));
    put_addresses("reply-to", g_mime_message_get_reply_to(message));
    put_ids(message, "message-id");
    put_ids(message, "references");
    put_ids(message, "in-reply-to");
    put_text(message, "list-unsubscribe");
    put_text(message, "dkim-signature");
    if (GMIME_IS_MULTIPART(body))
        g_mime_multipart_foreach(GMIME_MULTIPART(body), put_part, NULL);
    else if (body)
        put_part(NULL, body, NULL);
    printf("\"reader\":[\"GMime\"]}\n");
}

int main(int count, char **names)
{
    g_mime_init();
    for (int i = 1; i < count; i++) {
        GMimeStream *stream = g_mime_stream_file_open(names[i], "r", NULL);
        GMimeParser *parser = g_mime_parser_new_with_stream(stream);
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (message) {
            put_message(message);
            g_object_unref(message);
        } else {
            printf("{\"error\":\"no message\"}\n");
        }
        g_object_unref(parser);
        g_object_unref(stream);
    }
    return 0;
}
