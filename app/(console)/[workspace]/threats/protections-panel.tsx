import panel from "#app/(console)/[workspace]/panel.module.css";
import { protect, unprotect } from "#app/(console)/[workspace]/threats/actions.ts";
import { ProtectForm } from "#app/(console)/[workspace]/threats/protect-form.tsx";
import { TellButton } from "#app/(console)/[workspace]/threats/tell-button.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { RelativeTime } from "#components/relative-time.tsx";
import { countryName } from "#lib/launch/country-name.ts";
import type { Protection } from "#lib/threats/protections.ts";

type Props = {
  slug: string;
  protections: readonly Protection[];
  /** The listed countries. */
  codes: readonly string[];
  mayManage: boolean;
};

/** The countries whose payments are refused for now. */
export function ProtectionsPanel({ slug, protections, codes, mayManage }: Props) {
  const countries = codes
    .map((code) => ({ code, name: countryName(code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <section className={panel.panel} aria-labelledby="protections">
      <div className={panel.head}>
        <h2 id="protections" className={panel.title}>
          Payment protection
        </h2>
        {mayManage && <ProtectForm slug={slug} countries={countries} />}
      </div>
      {protections.length === 0 && <p className={panel.note}>No country's payments are refused.</p>}
      <ul className={classes.list}>
        {protections.map(({ country, reason, source, until }) => (
          <li key={country} className={classes.line}>
            <div>
              <p className={classes.name}>{countryName(country)}</p>
              <div className={classes.muted}>
                Ends <RelativeTime at={until} />
                {source === "rule" && ", started by the threat shield"}: {reason}
              </div>
            </div>
            {mayManage && (
              <TellButton
                action={unprotect.bind(null, slug)}
                fields={{ country }}
                label="End"
                about={`the protection of ${countryName(country)}`}
                doneMessage={`Payments of ${countryName(country)} are decided again`}
                undo={{
                  action: protect.bind(null, slug),
                  fields: { country, until, reason },
                  doneMessage: `Payments of ${countryName(country)} are refused again`,
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
