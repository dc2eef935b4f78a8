"use client";

import { Button, Code } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { EmptyState } from "#components/empty-state.tsx";

type PageFailureProps = {
  error: unknown;
  /** Renders the page again. */
  retry: () => void;
};

/** In place of a page that failed. The reference is what the server's log knows the failure by. */
export function PageFailure({ error, retry }: PageFailureProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div role="alert">
      <title>This page couldn't be shown · Gantry</title>
      <EmptyState
        icon={<IconPlugConnectedX />}
        title="This page couldn't be shown"
        heading="h1"
        action={<Button onClick={retry}>Try again</Button>}
      >
        <p>Try again in a moment. If it keeps failing, tell whoever runs Gantry.</p>
        {digest !== null && (
          <p>
            Reference <Code>{digest}</Code>
          </p>
        )}
      </EmptyState>
    </div>
  );
}
