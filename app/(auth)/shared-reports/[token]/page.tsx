import { IconClockX, IconLinkOff, IconMailCheck } from "@tabler/icons-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import classes from "#app/(auth)/auth.module.css";
import { AuthTitle } from "#app/(auth)/parts.tsx";
import { ConfirmAddress } from "#app/(auth)/shared-reports/[token]/confirm-form.tsx";
import { Departure } from "#app/(auth)/shared-reports/[token]/departure.tsx";
import { SharedFiles } from "#app/(auth)/shared-reports/[token]/shared-files.tsx";
import { readShared, type Shared } from "#lib/reports/shared.ts";

// The address is the key: it must not travel on in a Referer.
export const metadata: Metadata = { title: "Report", referrer: "no-referrer" };

type NoticeProps = { icon: typeof IconLinkOff; title: string; children: ReactNode };

function Notice({ icon: Icon, title, children }: NoticeProps) {
  return (
    <div className={classes.done} role="status">
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.6} />
      </span>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.lead}>{children}</p>
    </div>
  );
}

function Address({ address, token }: { address: Shared & { kind: "address" }; token: string }) {
  const { workspace, email, state } = address;
  if (state === "confirmed") {
    return (
      <Notice icon={IconMailCheck} title="The address is confirmed">
        Reports of {workspace} are sent to <strong>{email}</strong> from now on. You can close this page.
      </Notice>
    );
  }
  if (state === "expired") {
    return (
      <Notice icon={IconClockX} title="This link has expired">
        It worked for seven days. Ask whoever sends the reports of {workspace} to save the schedule again.
      </Notice>
    );
  }
  return (
    <>
      <AuthTitle title={`Reports of ${workspace}`}>
        Confirm that <strong>{email}</strong> is your address and that you want the monthly reports. Nothing
        is sent before.
      </AuthTitle>
      <ConfirmAddress token={token} />
    </>
  );
}

type Props = { params: Promise<{ token: string }> };

/** Where the links of reports' mails lead: the question to an address, a report's files, or the way out. */
export default async function SharedReportPage({ params }: Props) {
  const { token } = await params;
  const shared = await readShared(token);
  if (shared === null) {
    return (
      <Notice icon={IconLinkOff} title="This link isn't right">
        No report has this address. Open it again from the mail, and make sure that it is whole.
      </Notice>
    );
  }
  if (shared.kind === "address") return <Address address={shared} token={token} />;
  if (shared.kind === "departure") return <Departure departure={shared} token={token} />;
  if (shared.state === "closed") {
    return (
      <Notice icon={IconClockX} title="This link has ended">
        It works for 30 days, and as long as reports of {shared.workspace} are sent to {shared.email}. Ask
        whoever sends them for another.
      </Notice>
    );
  }
  return <SharedFiles letter={shared} token={token} />;
}
