import type { Metadata } from "next";
import { readTried, TriedQuery } from "#app/(console)/[workspace]/dry-runs/tried.ts";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { preview, saveScorecard } from "#app/(console)/[workspace]/regions/actions.ts";
import { ScorecardEditor } from "#app/(console)/[workspace]/regions/scorecard/scorecard-editor.tsx";
import { ScorecardRules } from "#app/(console)/[workspace]/regions/scorecard/scorecard-rules.tsx";
import { VersionList } from "#app/(console)/[workspace]/regions/scorecard/version-list.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readScorecards } from "#lib/regions/scorecard.ts";
import { readRegionSettings } from "#lib/regions/settings.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Scorecard" };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

/** The rules that make a country risky: read by who sees risk, edited with a preview by owners and admins. */
export default async function ScorecardPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  const { claims, workspace, permissions } = member;
  if (!permissions.includes("risk.read")) return <NoAccess slug={slug}>Risk is for others.</NoAccess>;
  const { cards, settings } = await asUser(claims, async (tx) => ({
    cards: await readScorecards(tx, workspace.id, 20),
    settings: await readRegionSettings(tx, workspace.id),
  }));
  const tried = await readTried(member, TriedQuery.parse(await searchParams).tried);
  const [card] = cards;
  if (card === undefined) throw new Error("a workspace has a scorecard from the start");
  const currency = settings?.reporting_currency ?? "USD";
  return (
    <>
      <PageHeader
        title="Scorecard"
        crumbs={[{ label: "Regions", href: `/${slug}/regions` }]}
        description="Each hour, the last 24 hours of a country are held against these rules. Of the rules of one metric in one direction, the one with most points counts. A trip makes the level critical by itself."
      />
      <div className={panel.stack}>
        {permissions.includes("risk.manage") ? (
          <ScorecardEditor
            slug={slug}
            key={card.version}
            card={card}
            tried={tried?.scorecard ?? null}
            currency={currency}
            preview={preview.bind(null, slug)}
            save={saveScorecard.bind(null, slug)}
          />
        ) : (
          <ScorecardRules card={card} currency={currency} />
        )}
        <VersionList cards={cards} />
      </div>
    </>
  );
}
