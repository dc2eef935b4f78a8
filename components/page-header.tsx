import Link from "next/link";
import type { ReactNode } from "react";
import classes from "#components/page-header.module.css";

type PageHeaderProps = {
  title: ReactNode;
  /** The way here, outermost first, without this page. */
  crumbs?: readonly { label: string; href: string }[];
  /** Beside the title: a phase badge, an environment. */
  badge?: ReactNode;
  /** One or two sentences, or a line of facts. */
  description?: ReactNode;
  /** Buttons; they wrap below the title on a phone. */
  actions?: ReactNode;
};

/** The top of every page: where it is, its one `h1`, and what can be done here. */
export function PageHeader({ title, crumbs = [], badge, description, actions }: PageHeaderProps) {
  return (
    <header className={classes.root}>
      <div className={classes.main}>
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb">
            <ol className={classes.crumbs}>
              {crumbs.map((crumb) => (
                <li key={crumb.href}>
                  <Link href={crumb.href}>{crumb.label}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={classes.heading}>
          <h1 className={classes.title}>{title}</h1>
          {badge}
        </div>
        {description !== undefined && <div className={classes.description}>{description}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
