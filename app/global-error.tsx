"use client";

import "./globals.css";

type Props = { error: unknown; retry: () => void };

/** The last resort, when even the document's frame failed. It relies on nothing else. */
export default function GlobalError({ error, retry }: Props) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <html lang="en">
      <body>
        <title>Gantry can't be shown</title>
        <main
          style={{
            maxWidth: "32rem",
            margin: "20vh auto",
            padding: "0 1rem",
            fontFamily: "system-ui, sans-serif",
          }}
        >
          <h1>Gantry can't be shown just now</h1>
          <p>Try again in a moment.</p>
          {digest !== null && <p>Reference {digest}</p>}
          <button type="button" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
