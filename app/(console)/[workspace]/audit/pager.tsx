import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { auditHref } from "#app/(console)/[workspace]/audit/query.ts";
import { LinkButton } from "#components/link-button.tsx";
import type { AuditFilter, AuditPage } from "#lib/workspace/audit.ts";

type Props = { path: string; filter: AuditFilter; page: AuditPage };

/** To newer and older entries. */
export function Pager({ path, filter, page }: Props) {
  const newest = page.entries[0]?.sequence;
  const oldest = page.entries.at(-1)?.sequence;
  if (newest === undefined || oldest === undefined) return null;
  return (
    <nav className={classes.pager} aria-label="Pages">
      {page.hasNewer && (
        <LinkButton
          href={auditHref(path, filter, { after: newest })}
          variant="default"
          size="xs"
          leftSection={<IconChevronLeft size={14} />}
        >
          Newer
        </LinkButton>
      )}
      {page.hasOlder && (
        <LinkButton
          href={auditHref(path, filter, { before: oldest })}
          variant="default"
          size="xs"
          leftSection={<IconChevronRight size={14} />}
        >
          Older
        </LinkButton>
      )}
    </nav>
  );
}
