import Link from "next/link";
import { MAP_HEIGHT, MAP_WIDTH, mapOf, type Shape } from "#app/(console)/[workspace]/mission/geometry.ts";
import classes from "#app/(console)/[workspace]/mission/map.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatShare } from "#components/number-format.ts";
import { PhaseBadge, phaseLabel } from "#components/phase-badge.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { PHASES } from "#lib/launch/vocabulary.ts";
import type { Attention } from "#lib/overview/attention.ts";

type Health = "act" | "watch" | "fine";
type Place = { country: CountryToday; health: Health; words: string };
type Props = { slug: string; countries: readonly CountryToday[]; attention: readonly Attention[] };

const HEALTH_WORDS: Record<Health, string> = { act: "Needs you", watch: "Watch", fine: "Fine" };

function placesOf(countries: readonly CountryToday[], attention: readonly Attention[]): Place[] {
  return countries.map((country) => {
    const found = attention.find((one) => one.country === country.code);
    const { used, cap } = country.gates.user;
    const usage = cap === 0 ? "" : `, ${formatShare(used / cap)} of today's users`;
    const about = found === undefined ? "" : `. ${found.text}`;
    return {
      country,
      health: found?.weight ?? "fine",
      words: `${country.name}: ${phaseLabel(country.phase).toLowerCase()}${usage}${about}`,
    };
  });
}

function CountryShape({ slug, place, shape }: { slug: string; place: Place; shape: Shape }) {
  const { country, words } = place;
  return (
    <Link
      href={`/${slug}/countries/${country.code}`}
      className={classes.country}
      data-phase={country.phase}
      aria-label={words}
    >
      <title>{words}</title>
      <path d={shape.path} className={classes.shape} />
    </Link>
  );
}

/** A country's code over its outline, for the eye: the outline's link says the same in words. */
function Pin({ place, shape }: { place: Place; shape: Shape }) {
  return (
    <g transform={`translate(${shape.x} ${shape.y})`} className={classes.place} data-health={place.health}>
      <rect x={-17} y={-11} width={34} height={22} rx={11} className={classes.pin} />
      <text className={classes.code} dy="0.36em">
        {shape.code}
      </text>
      {place.health !== "fine" && <circle cx={16} cy={-10} r={6.5} className={classes.mark} />}
    </g>
  );
}

function Legend() {
  return (
    <ul className={classes.legend} aria-label="Colours">
      {PHASES.map((phase) => (
        <li key={phase} data-phase={phase}>
          {phaseLabel(phase)}
        </li>
      ))}
      <li data-health="act">{HEALTH_WORDS.act}</li>
      <li data-health="watch">{HEALTH_WORDS.watch}</li>
    </ul>
  );
}

function PlaceList({ slug, places }: { slug: string; places: readonly Place[] }) {
  return (
    <details className={classes.list}>
      <summary>The same as a list</summary>
      <ul>
        {places.map(({ country, health }) => (
          <li key={country.code}>
            <Link href={`/${slug}/countries/${country.code}`}>{country.name}</Link>
            <PhaseBadge phase={country.phase} />
            <span className={classes.health} data-health={health}>
              {HEALTH_WORDS[health]}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The listed countries on a map, by phase and by whether they need somebody. Drawn on the server; each country is a link. */
export function MapPanel({ slug, countries, attention }: Props) {
  const places = placesOf(countries, attention);
  const { shapes, around, missing } = mapOf(countries.map(({ code }) => code));
  const pressing = (place: Place) => ["fine", "watch", "act"].indexOf(place.health);
  // What needs somebody is drawn last, over its neighbours.
  const drawn = places
    .toSorted((a, b) => pressing(a) - pressing(b))
    .flatMap((place) =>
      shapes.filter(({ code }) => code === place.country.code).map((shape) => ({ place, shape })),
    );
  return (
    <section className={`${panel.panel} ${classes.panel}`} aria-labelledby="map">
      <div className={panel.head}>
        <h2 id="map" className={panel.title}>
          Countries
        </h2>
        <Link href={`/${slug}/countries`} className={classes.all}>
          All countries
        </Link>
      </div>
      <svg
        viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`}
        className={classes.map}
        role="group"
        aria-labelledby="map"
      >
        <path d={around} className={classes.around} />
        {drawn.map(({ place, shape }) => (
          <CountryShape key={shape.code} slug={slug} place={place} shape={shape} />
        ))}
        <g aria-hidden>
          {drawn.map(({ place, shape }) => (
            <Pin key={shape.code} place={place} shape={shape} />
          ))}
        </g>
      </svg>
      <Legend />
      {missing.length > 0 && <p className={panel.note}>Not on the map: {missing.join(", ")}.</p>}
      <PlaceList slug={slug} places={places} />
    </section>
  );
}
