import type { Metadata } from "next";
import Link from "next/link";
import classes from "#app/(auth)/auth.module.css";
import { create } from "#app/(console)/new/actions.ts";
import { NewWorkspaceForm } from "#app/(console)/new/new-workspace-form.tsx";
import { Logo } from "#components/logo.tsx";
import { myWorkspaces, requirePerson } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "New workspace" };

/** Makes a workspace; the first page of somebody who has signed up without an invitation. */
export default async function NewWorkspacePage() {
  const person = await requirePerson("/new");
  const workspaces = await myWorkspaces(person);
  const isFirst = workspaces.length === 0;
  return (
    <main className={classes.frame}>
      <Link href="/" className={classes.brand}>
        <Logo />
      </Link>
      <div className={classes.card}>
        <h1 className={classes.title}>{isFirst ? "Make your first workspace" : "New workspace"}</h1>
        <p className={classes.lead}>
          A workspace is one environment of one product, with its own countries, caps, keys and audit trail.
          You become its owner.
        </p>
        <NewWorkspaceForm action={create} />
        <p className={classes.other}>
          {isFirst ? `Were you invited? Open the link in the mail to ${person.email}. ` : ""}
          <Link href="/">{isFirst ? "Not now" : "Back"}</Link>
        </p>
      </div>
    </main>
  );
}
