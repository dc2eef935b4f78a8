import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import { ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { LinkButton } from "#components/link-button.tsx";
import type { DryRun } from "#lib/dryrun/answers.ts";
import type { CountryProposal } from "#lib/dryrun/schema.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";

type Props = {
  slug: string;
  run: DryRun;
  countries: readonly CountryToday[];
  permissions: readonly Permission[];
};
type Change = { href: string; label: string; needs: Permission };

const MOST = 24;

function countryChanges(
  { code, name, phase }: CountryToday,
  tried: CountryProposal,
): { change: string; label: string; needs: Permission }[] {
  const { phase: triedPhase, ...caps } = tried;
  const isNew = phase === "not_launched";
  const manage = { needs: "countries.manage" } as const;
  const hasCaps = Object.keys(caps).length > 0;
  if (isNew)
    return hasCaps || triedPhase === "open"
      ? [{ change: "activate", label: `Activate ${name} (${code})`, ...manage }]
      : [];
  return [
    ...(hasCaps ? [{ change: "caps", label: `Change caps of ${name}`, ...manage }] : []),
    ...(triedPhase === "pause" && phase !== "pause"
      ? [{ change: "pause", label: `Pause ${name}`, needs: "countries.pause" as const }]
      : []),
    ...(triedPhase === "open" && phase === "pause"
      ? [{ change: "resume", label: `Resume ${name}`, ...manage }]
      : []),
  ];
}

function changesOf({ slug, run, countries }: Props): Change[] {
  const { proposal, id } = run;
  const link = (path: string, query: Record<string, string>) =>
    `/${slug}/${path}?${new URLSearchParams({ tried: id, ...query })}`;
  return [
    ...Object.entries(proposal.countries ?? {}).flatMap(([code, tried]) => {
      const country = countries.find((one) => one.code === code);
      if (country === undefined || tried === undefined) return [];
      return countryChanges(country, tried).map(({ change, ...rest }) => ({
        ...rest,
        href: link(`countries/${code}`, { change }),
      }));
    }),
    ...(proposal.limits ?? []).map(({ name }) => ({
      href: link("load", { limit: name }),
      label: `Change the limit of ${name}`,
      needs: "load.manage" as const,
    })),
    ...(proposal.scorecard === undefined
      ? []
      : [
          {
            href: link("regions/scorecard", {}),
            label: "Edit the scorecard",
            needs: "risk.manage" as const,
          },
        ]),
    ...(proposal.threats ?? []).map(({ rule }) => ({
      href: link("threats", { rule }),
      label: `Change the rule “${ruleWords(rule)}”`,
      needs: "threats.manage" as const,
    })),
  ];
}

/** The change forms that a run's values can be taken over into; each opens filled in, and asks for a reason. */
export function ApplyLinks(props: Props) {
  const changes = changesOf(props).filter(({ needs }) => props.permissions.includes(needs));
  if (changes.length === 0) return null;
  return (
    <>
      <h3 className={classes.part}>Make this change</h3>
      <ul className={classes.links}>
        {changes.slice(0, MOST).map(({ href, label }) => (
          <li key={href}>
            <LinkButton href={href} variant="default" size="xs">
              {label}
            </LinkButton>
          </li>
        ))}
        {changes.length > MOST && <li>and {changes.length - MOST} more, each on its country's page</li>}
      </ul>
    </>
  );
}
