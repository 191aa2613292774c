// What postal-mime sees in each file: a line of JSON each.
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";
import { decodeWords } from "./node_modules/postal-mime/dist/esm/decode-strings.js";

const addresses = (list) =>
  (list ?? []).flatMap((one) => (one.group ? addresses(one.group) : [[one.name, one.address]]));
const words = (text) => (text ?? "").split(/\s+/).filter(Boolean);

for (const name of process.argv.slice(2)) {
  const email = await PostalMime.parse(readFileSync(name));
  const field = (key) => email.headers.filter((header) => header.key === key).map((header) => header.value);
  const text = (key) => field(key).map(decodeWords);
  const seen = {
    subject: email.subject === undefined ? [] : [email.subject],
    comments: text("comments"),
    "x-text": text("x-text"),
    from: addresses(email.from ? [email.from] : []),
    to: addresses(email.to),
    cc: addresses(email.cc),
    "reply-to": addresses(email.replyTo),
    "message-id": words(email.messageId),
    references: words(email.references),
    "in-reply-to": words(email.inReplyTo),
    "list-unsubscribe": field("list-unsubscribe"),
    "dkim-signature": field("dkim-signature"),
    filename: email.attachments.map((one) => one.filename ?? ""),
    "content-id": email.attachments.map((one) => one.contentId ?? ""),
  };
  process.stdout.write(JSON.stringify(seen) + "\n");
}
