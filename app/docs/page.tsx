import { IconDownload } from "@tabler/icons-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Logo } from "#components/logo.tsx";
import { serverEnv } from "#lib/env.ts";
import { Contents } from "./contents.tsx";
import classes from "./docs.module.css";
import { Markdown } from "./markdown.tsx";
import { OperationSection } from "./operation-section.tsx";
import { apiReference } from "./reference.ts";
import { Field } from "./schema-fields.tsx";

export const metadata: Metadata = { title: "API reference" };

/** The API's reference, rendered from the OpenAPI document on the server. */
export default function DocsPage() {
  const { version, description, groups, schemas } = apiReference();
  const { GANTRY_SITE_URL: origin } = serverEnv();
  const contents = groups.map(({ tag, operations }) => ({
    tag,
    entries: operations.map(({ id, method, path, summary }) => ({ id, method, path, summary })),
  }));
  const problem = schemas.Problem;
  return (
    <>
      <a href="#reference" className={classes.skip}>
        Skip to content
      </a>
      <header className={classes.bar}>
        <Link href="/" className={classes.home}>
          <Logo />
        </Link>
        <Link href="/">Back to the console</Link>
      </header>
      <div className={classes.page}>
        <Contents
          groups={contents}
          ids={groups.flatMap(({ operations }) => operations.map(({ id }) => id))}
        />
        <main id="reference" tabIndex={-1} className={classes.main}>
          <div className={classes.intro}>
            <h1 className={classes.title}>API reference</h1>
            <p className={classes.facts}>
              <span>Version {version}</span>
              <code>{origin}</code>
              <a href="/api/v1/openapi.json" download="gantry-openapi.json">
                <IconDownload size={15} aria-hidden /> OpenAPI document
              </a>
            </p>
            <Markdown text={description} />
            {problem?.properties !== undefined && (
              <ul className={classes.fields} aria-label="Fields of a problem">
                {Object.entries(problem.properties).map(([name, schema]) => (
                  <Field
                    key={name}
                    name={name}
                    schema={schema}
                    isRequired={problem.required?.includes(name) ?? false}
                    schemas={schemas}
                  />
                ))}
              </ul>
            )}
          </div>
          {groups.map(({ tag, operations }) => (
            <section key={tag} aria-label={tag}>
              <h2 className={classes.groupTitle}>{tag}</h2>
              {operations.map((operation) => (
                <OperationSection
                  key={operation.id}
                  operation={operation}
                  schemas={schemas}
                  origin={origin}
                />
              ))}
            </section>
          ))}
        </main>
      </div>
    </>
  );
}
