def sender_of(mail, entity, field, rule):
    return ""
