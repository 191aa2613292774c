# What Ruby's mail sees in each file: a line of JSON each.
require "json"
require "mail"

TEXT = %w[subject comments x-text]
ADDRESSES = %w[from to cc reply-to]
IDS = %w[message-id references in-reply-to]
TOKENS = %w[list-unsubscribe dkim-signature]

def fields(mail, name)
  [mail[name]].flatten.compact
end

def mailboxes(field)
  field.respond_to?(:addrs) ? field.addrs.map { |one| [one.display_name || "", one.address] } : []
end

def seen(mail)
  found = {}
  TEXT.each { |name| found[name] = fields(mail, name).map(&:decoded) }
  ADDRESSES.each { |name| found[name] = fields(mail, name).flat_map { |field| mailboxes(field) } }
  IDS.each { |name| found[name] = fields(mail, name).flat_map { |field| field.message_ids } }
  TOKENS.each { |name| found[name] = fields(mail, name).map(&:decoded) }
  parts = (mail.multipart? ? mail.all_parts : [mail]).select(&:content_disposition)
  found["filename"] = parts.map { |part| part.filename || "" }
  found["content-id"] = parts.map { |part| part.content_id || "" }
  found
end

ARGV.each do |name|
  found = begin
    seen(Mail.read(name))
  rescue StandardError => error
    { error: "#{error.class}: #{error.message}".scrub }
  end
  puts JSON.generate(found)
end
