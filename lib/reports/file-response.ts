import type { ReportFile } from "./reports.ts";

/** A file of a report as a download that no cache keeps. */
export function fileResponse({ content, sha256 }: ReportFile, slug: string, name: string): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      "content-type": name.endsWith(".pdf") ? "application/pdf" : "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${slug}-${name}"`,
      etag: `"${sha256}"`,
      "cache-control": "private, no-store",
    },
  });
}
