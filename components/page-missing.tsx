import { IconMapOff } from "@tabler/icons-react";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";

/** For a page that doesn't exist, or not for this person. */
export function PageMissing({ href, label }: { href: string; label: string }) {
  return (
    <EmptyState
      icon={<IconMapOff />}
      title="There is no such page"
      heading="h1"
      action={
        <LinkButton href={href} variant="default">
          {label}
        </LinkButton>
      }
    >
      It may have been removed, or it belongs to a workspace you aren't a member of.
    </EmptyState>
  );
}
