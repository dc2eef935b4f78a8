import Link from "next/link";
import classes from "#components/filter-bar.module.css";

export type FilterChoice = {
  label: string;
  /** The page's address with this choice. */
  href: string;
  isChosen: boolean;
  /** How many rows it would show. */
  count?: number;
};

type FilterBarProps = {
  /** What is being chosen: "Severity", "Status". */
  label: string;
  choices: readonly FilterChoice[];
};

/** One choice of a few, side by side, kept in the page's address. It scrolls sideways where it is too wide. */
export function FilterBar({ label, choices }: FilterBarProps) {
  return (
    <nav className={classes.root} aria-label={label}>
      <ul className={classes.choices}>
        {choices.map(({ label: text, href, isChosen, count }) => (
          <li key={text}>
            <Link
              href={href}
              replace
              scroll={false}
              className={classes.choice}
              {...(isChosen && { "aria-current": "true" as const })}
            >
              {text}
              {count !== undefined && <span className={classes.count}>{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
