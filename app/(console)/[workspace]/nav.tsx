"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { type NavEntry, navGroups, navHref } from "#app/(console)/[workspace]/nav-entries.ts";
import classes from "#app/(console)/[workspace]/shell.module.css";

function Pending() {
  const { pending } = useLinkStatus();
  return <span className={classes.pending} data-pending={pending} aria-hidden />;
}

function NavLink({ entry, slug, pathname }: { entry: NavEntry; slug: string; pathname: string }) {
  const href = navHref(slug, entry.path);
  const isAbove = entry.path !== "" && pathname.startsWith(`${href}/`);
  const current = pathname === href ? "page" : isAbove ? "true" : undefined;
  return (
    <li>
      <Link href={href} className={classes.link} {...(current !== undefined && { "aria-current": current })}>
        <entry.icon size={18} stroke={1.7} aria-hidden />
        {entry.label}
        <Pending />
      </Link>
    </li>
  );
}

/** The pages a member may open, in groups. */
export function Nav({ slug, permissions }: { slug: string; permissions: readonly string[] }) {
  const pathname = usePathname();
  return navGroups(permissions).map(({ heading, entries }) => (
    <div key={heading} className={classes.group}>
      <h2 className={classes.groupName} id={`nav-${heading}`}>
        {heading}
      </h2>
      <ul className={classes.links} aria-labelledby={`nav-${heading}`}>
        {entries.map((entry) => (
          <NavLink key={entry.path} entry={entry} slug={slug} pathname={pathname} />
        ))}
      </ul>
    </div>
  ));
}
