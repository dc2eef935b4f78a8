import type { Metadata } from "next";
import { z } from "zod";
import { readTried, TriedQuery } from "#app/(console)/[workspace]/dry-runs/tried.ts";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { OpenThreats } from "#app/(console)/[workspace]/threats/open-threats.tsx";
import { PatternDrawer } from "#app/(console)/[workspace]/threats/pattern-drawer.tsx";
import { PatternsTable } from "#app/(console)/[workspace]/threats/patterns-table.tsx";
import { ProtectionsPanel } from "#app/(console)/[workspace]/threats/protections-panel.tsx";
import { RulesPanel } from "#app/(console)/[workspace]/threats/rules-panel.tsx";
import { SnoozesPanel } from "#app/(console)/[workspace]/threats/snoozes-panel.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { readOpenThreats, readPattern, readPatterns } from "#lib/threats/patterns.ts";
import { readListedCodes, readProtections } from "#lib/threats/protections.ts";
import { readThreatRules } from "#lib/threats/rules.ts";
import { readSnoozes } from "#lib/threats/snoozes.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Threats" };

const Query = z.object({ pattern: z.uuid().optional().catch(undefined) });

async function readPage(tx: Tx, workspaceId: string, pattern: string | undefined) {
  return {
    threats: await readOpenThreats(tx, workspaceId),
    patterns: await readPatterns(tx, workspaceId),
    opened: pattern === undefined ? null : await readPattern(tx, workspaceId, pattern),
    rules: await readThreatRules(tx, workspaceId),
    snoozes: await readSnoozes(tx, workspaceId),
    protections: await readProtections(tx, workspaceId),
    codes: await readListedCodes(tx, workspaceId),
  };
}

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What attacks the launch, what the shield looks for, and what it refuses. */
export default async function ThreatsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  const { claims, workspace, permissions } = member;
  if (!permissions.includes("threats.read")) {
    return <NoAccess slug={slug}>Threats are looked into by others.</NoAccess>;
  }
  const query = await searchParams;
  const { pattern } = Query.parse(query);
  const { tried: run, rule } = TriedQuery.parse(query);
  const tried = (await readTried(member, run))?.threats?.find((one) => one.rule === rule) ?? null;
  const read = await asUser(claims, (tx) => readPage(tx, workspace.id, pattern));
  const mayManage = permissions.includes("threats.manage");
  const path = `/${slug}/threats`;
  return (
    <>
      <PageHeader
        title="Threats"
        badge={<LiveRefresh slug={slug} />}
        description="Every five minutes the shield looks through what your product reported. What it finds is one pattern and one alert, however often."
        actions={
          <LinkButton href={`${path}/blocklist`} variant="default">
            Blocklist
          </LinkButton>
        }
      />
      <div className={panel.stack}>
        <OpenThreats slug={slug} threats={read.threats} />
        <section aria-labelledby="patterns">
          <h2 id="patterns" className={classes.heading}>
            Patterns
          </h2>
          <PatternsTable patterns={read.patterns} hrefBase={`${path}?pattern=`} />
        </section>
        <ProtectionsPanel
          slug={slug}
          protections={read.protections}
          codes={read.codes}
          mayManage={mayManage}
        />
        <RulesPanel slug={slug} rules={read.rules} tried={tried} mayManage={mayManage} />
        <SnoozesPanel slug={slug} snoozes={read.snoozes} mayManage={mayManage} />
      </div>
      {pattern !== undefined && (
        <PatternDrawer
          key={pattern}
          slug={slug}
          pattern={read.opened}
          mayManage={mayManage}
          closeHref={path}
        />
      )}
    </>
  );
}
