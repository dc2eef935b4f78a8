import Link from "next/link";
import { ResetsIn } from "#app/(console)/[workspace]/countries/resets-in.tsx";
import classes from "#app/(console)/[workspace]/mission/mission.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatCount } from "#components/number-format.ts";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { UsageBar } from "#components/usage-bar.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";

const SHOWN = 6;

function share({ gates: { user } }: CountryToday): number {
  return user.cap === 0 ? 0 : user.used / user.cap;
}

function CapLine({
  slug,
  country,
  capAt,
}: {
  slug: string;
  country: CountryToday;
  capAt: number | undefined;
}) {
  const { code, name, phase, timeZone, resetsAt, gates } = country;
  const { used, held, cap, refused } = gates.user;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return (
    <li className={classes.cap}>
      <div className={classes.capWho}>
        <Link href={`/${slug}/countries/${code}`} className={classes.what}>
          {name}
        </Link>
        <PhaseBadge phase={phase} />
      </div>
      <UsageBar label={`Users in ${name} today`} used={used - held} held={held} cap={cap} />
      <div className={classes.when}>
        {capAt === undefined ? null : <strong>Full at about {clock.format(capAt)}. </strong>}
        {refused > 0 && `${formatCount(refused)} refused. `}
        Resets <ResetsIn at={resetsAt} timeZone={timeZone} />
      </div>
    </li>
  );
}

type Props = { slug: string; countries: readonly CountryToday[]; capAt: ReadonlyMap<string, number> };

/** The activated countries by how full their cap of users is, the fullest first. */
export function CapsPanel({ slug, countries, capAt }: Props) {
  const launched = countries
    .filter(({ phase }) => phase !== "not_launched")
    .toSorted((a, b) => share(b) - share(a));
  const hidden = launched.length - SHOWN;
  return (
    <section className={panel.panel} aria-labelledby="caps">
      <div className={panel.head}>
        <h2 id="caps" className={panel.title}>
          Fullest caps today
        </h2>
        <Link href={`/${slug}/forecast`} className={classes.all}>
          Forecast
        </Link>
      </div>
      {launched.length === 0 && (
        <p className={panel.note}>None is activated yet, so every check is refused as not launched.</p>
      )}
      <ul className={classes.caps}>
        {launched.slice(0, SHOWN).map((country) => (
          <CapLine key={country.code} slug={slug} country={country} capAt={capAt.get(country.code)} />
        ))}
      </ul>
      {hidden > 0 && <p className={panel.note}>And {hidden} with more room.</p>}
    </section>
  );
}
