import { capsOf, numberOf, textOf } from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import type { Proposal } from "#lib/dryrun/schema.ts";
import type { ScorecardInput } from "#lib/regions/schema.ts";
import type { Scorecard } from "#lib/regions/scorecard.ts";
import type { ThreatRule } from "#lib/threats/schema.ts";

/** A limit as the form shows it. */
export type LimitNow = { name: string; limit: number | null; kind: "static" | "adaptive" };

/** What is in force now, which the form starts from; a part that the member may not see is left out. */
export type PolicyNow = {
  countries: readonly { code: string; name: string }[];
  limits?: readonly LimitNow[];
  scorecard?: Scorecard;
  rules?: readonly ThreatRule[];
};

function countriesOf(form: FormData, { countries }: PolicyNow): Proposal["countries"] {
  const phase = form.get("phase");
  const change = { ...capsOf(form), ...((phase === "pause" || phase === "open") && { phase }) };
  const chosen = String(form.get("countries") ?? "")
    .split(" ")
    .filter((code) => code !== "");
  const codes = chosen.length > 0 ? chosen : countries.map(({ code }) => code);
  const isAsWas = Object.keys(change).length === 0 && chosen.length === 0;
  return isAsWas ? undefined : Object.fromEntries(codes.map((code) => [code, change]));
}

function limitsOf(form: FormData, { limits = [] }: PolicyNow): Proposal["limits"] {
  const changed = limits.flatMap(({ name, limit, kind: was }) => {
    const typed = numberOf(form, `limit ${name}`);
    const kind = form.get(`kind ${name}`) === "adaptive" ? "adaptive" : "static";
    const value = typed ?? limit;
    return value === null || (value === limit && kind === was) ? [] : [{ name, value, kind } as const];
  });
  return changed.length > 0 ? changed : undefined;
}

function threatsOf(form: FormData, { rules = [] }: PolicyNow): Proposal["threats"] {
  const changed = rules.flatMap((rule) => {
    const tried = {
      rule: rule.rule,
      threshold: numberOf(form, `threshold ${rule.rule}`) ?? rule.threshold,
      window_minutes: numberOf(form, `window ${rule.rule}`) ?? rule.window_minutes,
      ...(rule.share !== null && { share: numberOf(form, `share ${rule.rule}`) ?? rule.share }),
      counts_per: textOf(form, `per ${rule.rule}`) ?? rule.counts_per,
    };
    const isAsWas =
      tried.threshold === rule.threshold &&
      tried.window_minutes === rule.window_minutes &&
      (tried.share ?? null) === rule.share &&
      tried.counts_per === rule.counts_per;
    return isAsWas ? [] : [tried];
  });
  return changed.length > 0 ? changed : undefined;
}

function scorecardOf(form: FormData): Proposal["scorecard"] {
  const text = form.get("card");
  if (typeof text !== "string") return undefined;
  const card: ScorecardInput = JSON.parse(text);
  return card;
}

/** What the form of a dry run proposes: only what differs from what is in force. With nothing changed it is empty, and replays the policy as it was. */
export function proposalOf(form: FormData, now: PolicyNow): Proposal {
  const [countries, limits, threats] = [countriesOf(form, now), limitsOf(form, now), threatsOf(form, now)];
  const scorecard = scorecardOf(form);
  return {
    ...(countries !== undefined && { countries }),
    ...(limits !== undefined && { limits }),
    ...(scorecard !== undefined && { scorecard }),
    ...(threats !== undefined && { threats }),
  };
}
