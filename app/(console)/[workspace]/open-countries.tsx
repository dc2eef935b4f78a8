import Link from "next/link";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { ResetsIn } from "#app/(console)/[workspace]/countries/resets-in.tsx";
import classes from "#app/(console)/[workspace]/overview.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatCount } from "#components/number-format.ts";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { UsageBar } from "#components/usage-bar.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { OPERATIONS, PHASES } from "#lib/launch/vocabulary.ts";

type Props = { slug: string; countries: readonly CountryToday[] };

function refusedIn(country: CountryToday): number {
  return OPERATIONS.reduce((all, operation) => all + country.gates[operation].refused, 0);
}

function CountryRow({ slug, country }: { slug: string; country: CountryToday }) {
  const refused = refusedIn(country);
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Link href={`/${slug}/countries/${country.code}`} className={classes.link}>
          {country.name}
        </Link>
        <PhaseBadge phase={country.phase} />
      </div>
      <div className={classes.gates}>
        {OPERATIONS.map((operation) => {
          const { used, held, cap } = country.gates[operation];
          const word = OPERATION_WORDS[operation];
          return (
            <div key={operation}>
              <div className={classes.label}>{word}</div>
              <UsageBar label={`${word} in ${country.name} today`} used={used - held} held={held} cap={cap} />
            </div>
          );
        })}
      </div>
      <div className={classes.facts}>
        {country.phase === "pause" ? (
          <span className={classes.paused} title={country.pauseReason ?? ""}>
            {country.pauseReason}
          </span>
        ) : (
          <span data-some={refused > 0}>
            {refused === 0 ? "Nothing refused" : `${formatCount(refused)} refused`}
          </span>
        )}
        <span>
          Resets <ResetsIn at={country.resetsAt} timeZone={country.timeZone} />
        </span>
      </div>
    </li>
  );
}

/** The countries that were activated, furthest phase first and paused ones before all, and the names of those that wait. */
export function OpenCountries({ slug, countries }: Props) {
  const launched = countries
    .filter((country) => country.phase !== "not_launched")
    .toSorted((a, b) => PHASES.indexOf(b.phase) - PHASES.indexOf(a.phase));
  const waiting = countries.filter((country) => country.phase === "not_launched");
  return (
    <section className={panel.panel} aria-labelledby="countries">
      <div className={panel.head}>
        <h2 id="countries" className={panel.title}>
          Countries
        </h2>
        <Link href={`/${slug}/countries`} className={classes.all}>
          All countries
        </Link>
      </div>
      {launched.length === 0 && (
        <p className={panel.note}>None is activated yet, so every check is refused as not launched.</p>
      )}
      <ul className={classes.rows}>
        {launched.map((country) => (
          <CountryRow key={country.code} slug={slug} country={country} />
        ))}
      </ul>
      {waiting.length > 0 && (
        <p className={panel.note}>
          Not launched:{" "}
          {waiting.map((country, index) => (
            <span key={country.code}>
              {index > 0 && ", "}
              <Link href={`/${slug}/countries/${country.code}`} className={classes.waiting}>
                {country.name}
              </Link>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
