import classes from "#components/environment-tag.module.css";
import type { Environment } from "#lib/workspace/vocabulary.ts";

/** Which environment a workspace is; production stands out in red so that nobody mistakes it. */
export function EnvironmentTag({ environment }: { environment: Environment }) {
  return (
    <span className={classes.tag} data-environment={environment}>
      {environment}
    </span>
  );
}
