import type { Metadata } from "next";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { saveSettings, takeRates } from "#app/(console)/[workspace]/regions/actions.ts";
import { ImportRates } from "#app/(console)/[workspace]/regions/money/import-rates.tsx";
import { RateList } from "#app/(console)/[workspace]/regions/money/rate-list.tsx";
import { SettingsForm } from "#app/(console)/[workspace]/regions/money/settings-form.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { MINOR_DIGITS } from "#lib/launch/currencies.ts";
import { readRates } from "#lib/regions/rates.ts";
import { readRegionSettings } from "#lib/regions/settings.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Currency and rates" };

type Props = { params: Promise<{ workspace: string }> };

/** The reporting currency, its rates, and when regions warn. */
export default async function MoneyPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  const { settings, rates } = await asUser(claims, async (tx) => ({
    settings: await readRegionSettings(tx, workspace.id),
    rates: await readRates(tx, workspace.id, 200),
  }));
  if (settings === null) return <NoAccess slug={slug}>Currencies are for others.</NoAccess>;
  const mayChange = permissions.includes("risk.manage");
  return (
    <>
      <PageHeader
        title="Currency and rates"
        crumbs={[{ label: "Regions", href: `/${slug}/regions` }]}
        description={`Amounts are added up in ${settings.reporting_currency} at the rate of their local day: the newest of the seven days that end with it. An amount without a rate is left out, and its currency is named.`}
        actions={mayChange && <ImportRates action={takeRates.bind(null, slug)} />}
      />
      <div className={panel.stack}>
        <RateList rates={rates} />
        {mayChange && (
          <SettingsForm
            key={settings.version}
            settings={settings}
            currencies={Object.keys(MINOR_DIGITS)}
            action={saveSettings.bind(null, slug)}
          />
        )}
      </div>
    </>
  );
}
