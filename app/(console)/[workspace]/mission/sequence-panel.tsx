import Link from "next/link";
import classes from "#app/(console)/[workspace]/mission/mission.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { waitText } from "#app/(console)/[workspace]/sequence/words.ts";
import { phaseLabel } from "#components/phase-badge.tsx";
import { countryName } from "#lib/launch/country-name.ts";
import type { Phase } from "#lib/launch/vocabulary.ts";
import type { SequenceEntry } from "#lib/sequence/schema.ts";

const SHOWN = 4;

function about({ waits, waits_for_window: closed, proposed }: SequenceEntry): string {
  if (proposed) return "A proposal waits for its answer.";
  const [first, ...more] = waits;
  if (first === undefined)
    return closed ? "Ready; its change window is closed now." : "Nothing stands against it.";
  return `${waitText(first, countryName)}${more.length > 0 ? ` And ${more.length} more.` : ""}`;
}

/** The next moves of the market sequence in its order, with what each waits for first. */
export function SequencePanel({ slug, steps }: { slug: string; steps: readonly SequenceEntry[] }) {
  const next = steps.filter((step) => step.next_phase !== null);
  // What is ready or proposed comes first; the rest keeps its place in the sequence.
  const ready = (step: SequenceEntry) => step.proposed || step.waits.length === 0;
  const ordered = [...next.filter(ready), ...next.filter((step) => !ready(step))].slice(0, SHOWN);
  return (
    <section className={panel.panel} aria-labelledby="next">
      <div className={panel.head}>
        <h2 id="next" className={panel.title}>
          Next in the sequence
        </h2>
        <Link href={`/${slug}/sequence`} className={classes.all}>
          Sequence
        </Link>
      </div>
      {ordered.length === 0 && (
        <p className={panel.note}>
          {steps.length === 0 ? "No order is planned yet." : "No country of the sequence has a next move."}
        </p>
      )}
      <ul className={classes.lines}>
        {ordered.map((step) => (
          <li key={step.country} className={classes.step}>
            <span>
              <Link href={`/${slug}/countries/${step.country}`} className={classes.what}>
                {countryName(step.country)}
              </Link>{" "}
              to {phaseLabel(step.next_phase as Phase).toLowerCase()}
            </span>
            <span className={classes.when}>{about(step)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
