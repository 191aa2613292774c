// What JSMime, the parser of Thunderbird, sees in each file: a line of JSON each.
import { readFileSync } from "node:fs";
import { jsmime } from "./jsmime.mjs";

const { MimeParser, headerparser, mimeutils } = jsmime;
mimeutils.MimeTextDecoder = TextDecoder; // Thunderbird puts its own there

const mailboxes = (list) => list.flatMap((one) => (one.group ? mailboxes(one.group) : [[one.name, one.email]]));
const words = (list) => list.join(" ").split(/\s+/).filter(Boolean);

function fields(headers) {
  const raw = (name) => headers.getRawHeader(name) ?? [];
  const seen = {};
  for (const name of ["subject", "comments", "x-text"]) {
    const text = headers.get(name);
    seen[name] = text === undefined ? [] : [text].flat();
  }
  for (const name of ["from", "to", "cc", "reply-to"]) seen[name] = mailboxes(headers.get(name) ?? []);
  for (const name of ["message-id", "references", "in-reply-to"]) seen[name] = words(raw(name));
  for (const name of ["list-unsubscribe", "dkim-signature"]) seen[name] = raw(name);
  return seen;
}

function read(octets) {
  let seen;
  const startPart = (number, headers) => {
    if (number === "") seen = { ...fields(headers), filename: [], "content-id": [] };
    const disposition = headers.getRawHeader("content-disposition");
    if (!disposition) return;
    const name = headerparser.parseParameterHeader(disposition[0], true, true).get("filename");
    if (name !== undefined) seen.filename.push(name);
    seen["content-id"].push(...(headers.getRawHeader("content-id") ?? []));
  };
  const parser = new MimeParser({ startPart }, { bodyformat: "none", strformat: "binarystring" });
  parser.deliverData(octets.toString("binary"));
  parser.deliverEOF();
  return seen;
}

for (const name of process.argv.slice(2)) process.stdout.write(JSON.stringify(read(readFileSync(name))) + "\n");
