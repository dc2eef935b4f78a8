import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";

/** In place of a page that the member's role doesn't open: says so, whom to ask, and leads back. */
export function NoAccess({ slug, children }: { slug: string; children: ReactNode }) {
  return (
    <EmptyState
      icon={<IconLock />}
      title="Your role doesn't open this page"
      heading="h1"
      action={
        <LinkButton href={`/${slug}`} variant="default">
          Back to the overview
        </LinkButton>
      }
    >
      {children} Ask an owner or admin of this workspace.
    </EmptyState>
  );
}
