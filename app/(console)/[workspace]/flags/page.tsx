import { Anchor } from "@mantine/core";
import type { Metadata } from "next";
import { switchFlag } from "#app/(console)/[workspace]/flags/actions.ts";
import { FlagItem } from "#app/(console)/[workspace]/flags/flag-item.tsx";
import { FLAG_TEXTS } from "#app/(console)/[workspace]/flags/flag-text.ts";
import classes from "#app/(console)/[workspace]/flags/flags.module.css";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readFlagRows } from "#lib/workspace/flags.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Flags" };

const ORDER = Object.keys(FLAG_TEXTS);

type Props = { params: Promise<{ workspace: string }> };

/** The engine's switches, what each does, and who switched it last. */
export default async function FlagsPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  const flags = await asUser(claims, (tx) => readFlagRows(tx, workspace.id));
  const canSwitch = permissions.includes("flags.manage");
  return (
    <>
      <PageHeader
        title="Flags"
        description={
          <>
            The engine's switches in {workspace.name}. A switch counts from the next check on.{" "}
            {!canSwitch && "Your role reads them; owners and admins switch them. "}
            Any OpenFeature SDK can read them over OFREP at{" "}
            <Anchor href="/docs" underline="always">
              /ofrep/v1
            </Anchor>
            .
          </>
        }
      />
      <ul className={classes.list}>
        {flags
          .toSorted((a, b) => ORDER.indexOf(a.key) - ORDER.indexOf(b.key))
          .map((flag) => (
            <FlagItem
              key={flag.key}
              flag={flag}
              workspace={workspace.name}
              canSwitch={canSwitch}
              action={switchFlag.bind(null, slug)}
            />
          ))}
      </ul>
    </>
  );
}
