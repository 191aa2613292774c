// What postal-mime sees in each message of a stream: a line of JSON each.
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

const addresses = (list) =>
  (list ?? []).flatMap((one) => (one.group ? addresses(one.group) : [[one.name, one.address]]));

const stream = readFileSync(0);
for (let at = 0; at < stream.length; ) {
  const end = stream.indexOf("\n", at);
  const size = Number(stream.subarray(at, end));
  at = end + 1 + size;
  const email = await PostalMime.parse(stream.subarray(end + 1, at));
  const seen = {
    subject: email.subject ?? "",
    from: addresses(email.from ? [email.from] : []),
    to: addresses(email.to),
    ids: (email.references ?? "").split(/\s+/).filter(Boolean),
    filename: email.attachments[0]?.filename ?? "",
  };
  process.stdout.write(JSON.stringify(seen) + "\n");
}
