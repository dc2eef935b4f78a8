import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from "@tabler/icons-react";
import { LinkButton } from "#components/link-button.tsx";
import classes from "#components/pager.module.css";

type PagerProps = {
  /** Address of the page with older rows; null on the oldest. */
  older: string | null;
  /** Address of the page with newer rows, where the list can be read backwards; null on the newest. */
  newer?: string | null;
  /** Address of the first page, where it can't; null there. */
  newest?: string | null;
  /** What is paged, where a page has more than one list. */
  label?: string;
};

/** Ways through a list that is read by key, newest first. Nothing when there is only one page. */
export function Pager({ older, newer = null, newest = null, label = "Pages" }: PagerProps) {
  if (older === null && newer === null && newest === null) return null;
  return (
    <nav className={classes.root} aria-label={label}>
      {newest !== null && (
        <LinkButton
          href={newest}
          variant="default"
          size="xs"
          leftSection={<IconChevronsLeft size={14} aria-hidden />}
          scroll={false}
        >
          Newest
        </LinkButton>
      )}
      {newer !== null && (
        <LinkButton
          href={newer}
          variant="default"
          size="xs"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          scroll={false}
        >
          Newer
        </LinkButton>
      )}
      {older !== null && (
        <LinkButton
          href={older}
          variant="default"
          size="xs"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          scroll={false}
        >
          Older
        </LinkButton>
      )}
    </nav>
  );
}
