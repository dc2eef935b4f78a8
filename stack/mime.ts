/** A mail taken apart: what the inbox shows. */
export interface ParsedMail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
}

interface Entity {
  headers: Map<string, string>;
  body: string;
}

/**
 * Takes a raw mail apart: headers (folded, RFC 2047 words), multipart bodies, quoted-printable and base64 in UTF-8
 * or Latin-1. `raw` is one character a byte (latin1). Attachments are left out.
 */
export function parseMail(raw: string): ParsedMail {
  const entity = split(raw);
  const header = (name: string) => decodeWords(entity.headers.get(name) ?? "");
  const mail: ParsedMail = {
    from: header("from"),
    to: header("to").split(",").map(address).filter(Boolean),
    subject: header("subject"),
    text: "",
    html: "",
  };
  collect(entity, mail);
  if (!mail.text && mail.html) mail.text = plainText(mail.html);
  return mail;
}

/** What a person would read of some HTML: links keep their address in brackets. */
export function plainText(html: string): string {
  const text = html
    .replaceAll(/<(head|style|script)\b[\s\S]*?<\/\1>/gi, "")
    .replaceAll(/<a\b[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a\s*>/gi, (_, href, label) => `${label}: ${href}`)
    .replaceAll(/<\/?(p|div|h\d|li|tr)\b[^>]*>|<br\s*\/?>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "");
  return unescapeHtml(text)
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .join("\n")
    .replaceAll(/\n{2,}/g, "\n\n")
    .trim();
}

/** The bare address of "Name <address>". */
export function address(mailbox: string): string {
  return (/<([^>]+)>/.exec(mailbox)?.[1] ?? mailbox).trim().toLowerCase();
}

function split(raw: string): Entity {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  const headers = new Map<string, string>();
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end ? raw.slice(end.index + end[0].length) : "" };
}

function collect(entity: Entity, mail: ParsedMail): void {
  const type = entity.headers.get("content-type") ?? "text/plain";
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/is.exec(type)?.[1];
  if (boundary) {
    const parts = entity.body.split(`--${boundary}`).slice(1);
    for (const part of parts.filter((text) => !text.startsWith("--"))) {
      collect(split(part.replace(/^\r?\n/, "")), mail);
    }
    return;
  }
  if (/^attachment/i.test(entity.headers.get("content-disposition") ?? "")) return;
  const charset = /charset="?([^";\s]+)/i.exec(type)?.[1] ?? "utf-8";
  const text = decodeBody(entity, charset);
  if (/^text\/html/i.test(type)) mail.html ||= text;
  else if (/^text\/plain/i.test(type)) mail.text ||= text;
}

function decodeBody({ headers, body }: Entity, charset: string): string {
  const encoding = (headers.get("content-transfer-encoding") ?? "").toLowerCase();
  if (encoding === "base64") return decodeBytes(Buffer.from(body, "base64"), charset);
  if (encoding === "quoted-printable")
    return decodeBytes(quotedPrintable(body.replaceAll(/=\r?\n/g, "")), charset);
  return decodeBytes(Buffer.from(body, "latin1"), charset);
}

function quotedPrintable(text: string): Buffer {
  const plain = text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, "latin1");
}

function decodeBytes(bytes: Buffer, charset: string): string {
  return /^(iso-8859-1|latin1|windows-1252)$/i.test(charset)
    ? bytes.toString("latin1")
    : bytes.toString("utf8");
}

function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset, kind, text) =>
      kind.toLowerCase() === "b"
        ? decodeBytes(Buffer.from(text, "base64"), charset)
        : decodeBytes(quotedPrintable(text.replaceAll("_", " ")), charset),
    );
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
  return text.replaceAll(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    return named[name.toLowerCase()] ?? whole;
  });
}
