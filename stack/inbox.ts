import type { Message } from "./mail.ts";

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 860px; margin: 0 auto; padding: 24px 16px; }
  h1 { font-size: 20px; margin: 0 0 16px; }
  table { width: 100%; border-collapse: collapse; }
  th, td { text-align: left; padding: 8px; border-bottom: 1px solid #8884; vertical-align: top; }
  th { font-size: 12px; color: GrayText; font-weight: 600; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 16px; }
  dt { color: GrayText; } dd { margin: 0; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 60vh; border: 1px solid #8884; border-radius: 8px; background: #fff; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** The list of caught mails, newest first. */
export function inboxPage(messages: Message[]): string {
  const rows = messages.map(
    ({ id, received_at, to, subject }) => `
      <tr>
        <td><time datetime="${received_at}">${received_at.slice(0, 19).replace("T", " ")}</time></td>
        <td>${escapeHtml(to.join(", "))}</td>
        <td><a href="/messages/${id}">${escapeHtml(subject || "(no subject)")}</a></td>
      </tr>`,
  );
  const table = `<table><thead><tr><th>Received (UTC)</th><th>To</th><th>Subject</th></tr></thead>
    <tbody>${rows.join("")}</tbody></table>`;
  return page("Local mail", messages.length ? table : "<p>No mail yet. What Gantry sends arrives here.</p>");
}

/** One mail: its links to click, the HTML in a frame that runs nothing, and the text. */
export function messagePage(message: Message): string {
  const links = message.links
    .map((link) => `<dd><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></dd>`)
    .join("<dt></dt>");
  return page(
    message.subject || "(no subject)",
    `<p><a href="/">All mail</a></p>
    <dl>
      <dt>From</dt><dd>${escapeHtml(message.from)}</dd>
      <dt>To</dt><dd>${escapeHtml(message.to.join(", "))}</dd>
      <dt>Received</dt><dd>${message.received_at}</dd>
      ${links ? `<dt>Links</dt>${links}` : ""}
    </dl>
    ${message.html ? `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The message" src="/messages/${message.id}/html"></iframe>` : ""}
    <pre>${escapeHtml(message.text)}</pre>`,
  );
}

/** The mail's own HTML, for the frame: its links open outside. */
export function bareHtml({ html }: Message): string {
  return `<base target="_blank">${html}`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
  <style>${STYLE}</style></head>
  <body><h1>${escapeHtml(title)}</h1>${body}</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
