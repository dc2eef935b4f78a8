"use client";

import classes from "#app/status-page.module.css";
import { PageFailure } from "#components/page-failure.tsx";

/** For failures outside the console's own frame. */
export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main className={classes.page}>
      <PageFailure {...props} />
    </main>
  );
}
