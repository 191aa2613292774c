/* What libetpan (the library of MailCore 2) sees in each file: a line of JSON each. */
#include <libetpan/libetpan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void put_string(const char *text)
{
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)(text ? text : ""); *at; at++) {
        if (*at == '"' || *at == '\\')
            putchar('\\');
        if (*at == '\r' || *at == '\n')
            continue; /* libetpan leaves the folds of what it does not decode to its user */
        if (*at < 0x20)
            printf("\\u%04x", *at);
        else
            putchar(*at);
    }
    putchar('"');
}

/* The text with its encoded-words decoded. */
static void put_decoded(const char *text)
{
    size_t at = 0;
    char *decoded = NULL;

    if (text && mailmime_encoded_phrase_parse("utf-8", text, strlen(text), &at, "utf-8", &decoded) == MAILIMF_NO_ERROR) {
        put_string(decoded);
        free(decoded);
    } else {
        put_string(text);
    }
}

static void put_mailbox(struct mailimf_mailbox *mailbox, int *first)
{
    printf("%s[", *first ? "" : ",");
    put_decoded(mailbox->mb_display_name);
    putchar(',');
    put_string(mailbox->mb_addr_spec);
    putchar(']');
    *first = 0;
}

static void put_mailboxes(clist *list, int *first)
{
    for (clistiter *at = clist_begin(list); at; at = clist_next(at))
        put_mailbox(clist_content(at), first);
}

static void put_addresses(const char *key, clist *list)
{
    int first = 1;

    printf("\"%s\":[", key);
    for (clistiter *at = clist_begin(list); at; at = clist_next(at)) {
        struct mailimf_address *address = clist_content(at);
        if (address->ad_type == MAILIMF_ADDRESS_MAILBOX)
            put_mailbox(address->ad_data.ad_mailbox, &first);
        else if (address->ad_data.ad_group->grp_mb_list)
            put_mailboxes(address->ad_data.ad_group->grp_mb_list->mb_list, &first);
    }
    printf("],");
}

static void put_from(clist *list)
{
    int first = 1;

    printf("\"from\":[");
    put_mailboxes(list, &first);
    printf("],");
}

static void put_ids(const char *key, clist *list)
{
    printf("\"%s\":[", key);
    for (clistiter *at = clist_begin(list); at; at = clist_next(at)) {
        printf("%s", at == clist_begin(list) ? "" : ",");
        put_string(clist_content(at));
    }
    printf("],");
}

static void put_text(const char *key, const char *text)
{
    printf("\"%s\":[", key);
    put_decoded(text);
    printf("],");
}

static void put_optional(struct mailimf_optional_field *field)
{
    static const char *tokens[] = {"list-unsubscribe", "dkim-signature"};

    if (!strcasecmp(field->fld_name, "X-Text"))
        put_text("x-text", field->fld_value);
    for (int i = 0; i < 2; i++) {
        if (strcasecmp(field->fld_name, tokens[i]))
            continue;
        printf("\"%s\":[", tokens[i]);
        put_string(field->fld_value);
        printf("],");
    }
}

static void put_field(struct mailimf_field *field)
{
    switch (field->fld_type) {
    case MAILIMF_FIELD_SUBJECT:
        put_text("subject", field->fld_data.fld_subject->sbj_value);
        break;
    case MAILIMF_FIELD_COMMENTS:
        put_text("comments", field->fld_data.fld_comments->cm_value);
        break;
    case MAILIMF_FIELD_FROM:
        put_from(field->fld_data.fld_from->frm_mb_list->mb_list);
        break;
    case MAILIMF_FIELD_TO:
        put_addresses("to", field->fld_data.fld_to->to_addr_list->ad_list);
        break;
    case MAILIMF_FIELD_CC:
        put_addresses("cc", field->fld_data.fld_cc->cc_addr_list->ad_list);
        break;
    case MAILIMF_FIELD_REPLY_TO:
        put_addresses("reply-to", field->fld_data.fld_reply_to->rt_addr_list->ad_list);
        break;
    case MAILIMF_FIELD_REFERENCES:
        put_ids("references", field->fld_data.fld_references->mid_list);
        break;
    case MAILIMF_FIELD_IN_REPLY_TO:
        put_ids("in-reply-to", field->fld_data.fld_in_reply_to->mid_list);
        break;
    case MAILIMF_FIELD_MESSAGE_ID:
        printf("\"message-id\":[");
        put_string(field->fld_data.fld_message_id->mid_value);
        printf("],");
        break;
    case MAILIMF_FIELD_OPTIONAL_FIELD:
        put_optional(field->fld_data.fld_optional_field);
        break;
    default:
        break;
    }
}

static char *contents(const char *name, size_t *size)
{
    FILE *file = fopen(name, "rb");
    char *octets;

    if (!file || fseek(file, 0, SEEK_END))
        exit(1);
    *size = (size_t)ftell(file);
    rewind(file);
    octets = malloc(*size + 1);
    if (!octets || fread(octets, 1, *size, file) != *size)
        exit(1);
    octets[*size] = 0;
    fclose(file);
    return octets;
}

int main(int count, char **names)
{
    for (int i = 1; i < count; i++) {
        size_t size, at = 0;
        char *octets = contents(names[i], &size);
        struct mailimf_fields *fields;

        if (mailimf_fields_parse(octets, size, &at, &fields) == MAILIMF_NO_ERROR) {
            putchar('{');
            for (clistiter *one = clist_begin(fields->fld_list); one; one = clist_next(one))
                put_field(clist_content(one));
            printf("\"reader\":[\"libetpan\"]}\n");
            mailimf_fields_free(fields);
        } else {
            printf("{\"error\":\"no fields\"}\n");
        }
        free(octets);
    }
    return 0;
}
