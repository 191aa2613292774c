/* What GMime sees in each message of a stream: a line of JSON each. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>

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

static void put_addresses(const char *key, InternetAddressList *list, int *first)
{
    if (key)
        printf("\"%s\":[", key);
    for (int i = 0; list && i < internet_address_list_length(list); i++) {
        InternetAddress *address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            put_addresses(NULL, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), first);
            continue;
        }
        printf("%s[", *first ? "" : ",");
        put_string(internet_address_get_name(address));
        putchar(',');
        put_string(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
        putchar(']');
        *first = 0;
    }
    if (key)
        printf("],");
}

static void put_ids(GMimeMessage *message)
{
    const char *header = g_mime_object_get_header(GMIME_OBJECT(message), "References");
    GMimeReferences *ids = g_mime_references_parse(NULL, header ? header : "");

    printf("\"ids\":[");
    for (int i = 0; i < g_mime_references_length(ids); i++) {
        char *id = g_strdup_printf("<%s>", g_mime_references_get_message_id(ids, i));
        printf("%s", i ? "," : "");
        put_string(id);
        g_free(id);
    }
    printf("],");
    g_mime_references_free(ids);
}

static void put_message(GMimeMessage *message)
{
    GMimeObject *part = g_mime_message_get_mime_part(message);
    int first = 1;

    printf("{\"subject\":");
    put_string(g_mime_message_get_subject(message));
    putchar(',');
    put_addresses("from", g_mime_message_get_from(message), &first);
    first = 1;
    put_addresses("to", g_mime_message_get_to(message), &first);
    put_ids(message);
    printf("\"filename\":");
    put_string(part ? g_mime_object_get_content_disposition_parameter(part, "filename") : NULL);
    printf("}\n");
}

int main(void)
{
    size_t size;

    g_mime_init();
    while (scanf("%zu", &size) == 1 && getchar() == '\n') {
        char *octets = malloc(size);
        if (!octets || fread(octets, 1, size, stdin) != size)
            return 1;
        GMimeStream *stream = g_mime_stream_mem_new_with_buffer(octets, size);
        GMimeParser *parser = g_mime_parser_new_with_stream(stream);
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (message) {
            put_message(message);
            g_object_unref(message);
        } else {
            printf("{\"subject\":\"error\"}\n");
        }
        g_object_unref(parser);
        g_object_unref(stream);
        free(octets);
    }
    return 0;
}
