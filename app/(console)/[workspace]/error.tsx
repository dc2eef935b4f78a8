"use client";

import { PageFailure } from "#components/page-failure.tsx";

/** A failed page inside the console; the navigation stays. */
export default function ConsoleError(props: { error: unknown; retry: () => void }) {
  return <PageFailure {...props} />;
}
