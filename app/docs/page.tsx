import type { Metadata } from "next";
import { Logo } from "#components/logo.tsx";
import { ApiReference } from "./api-reference.tsx";
import classes from "./docs.module.css";

export const metadata: Metadata = { title: "API" };

/** The API's reference, drawn from /api/v1/openapi.json by a viewer that is part of this build. */
export default function DocsPage() {
  // Plain links: this page is served under another policy than the console's, so going there is a new document.
  return (
    <>
      <header className={classes.bar}>
        <a href="/" className={classes.home}>
          <Logo />
        </a>
        <a href="/">Back to the console</a>
      </header>
      <main>
        <ApiReference />
      </main>
    </>
  );
}
