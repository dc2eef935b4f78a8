import { redirect } from "next/navigation";
import { Landing } from "#app/landing.tsx";
import { NoWorkspace } from "#app/no-workspace.tsx";
import { signedInUser } from "#lib/supabase/server.ts";
import { myWorkspaces } from "#lib/workspace/session.ts";

/** The front door: members go to their first workspace, everyone else reads what this is. */
export default async function HomePage() {
  const user = await signedInUser();
  if (user === null) return <Landing />;
  const [first] = await myWorkspaces(user);
  if (first === undefined) return <NoWorkspace user={user} />;
  redirect(`/${first.slug}`);
}
