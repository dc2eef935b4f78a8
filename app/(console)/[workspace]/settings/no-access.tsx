import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "#components/empty-state.tsx";

/** What a member sees on a page their role doesn't open. */
export function NoAccess({ children }: { children: string }) {
  return (
    <EmptyState icon={<IconLock />} title="Your role doesn't open this page" heading="h1">
      {children} Ask an owner or admin of this workspace.
    </EmptyState>
  );
}
