import { CodeSample } from "./code-sample.tsx";
import { curlOf } from "./curl.ts";
import classes from "./docs.module.css";
import type { Schemas } from "./json-schema.ts";
import { Markdown } from "./markdown.tsx";
import type { Parameter, ReferenceAnswer, ReferenceOperation } from "./reference.ts";
import { Field, Fields } from "./schema-fields.tsx";

const PLACES = [
  { place: "path", title: "In the path" },
  { place: "query", title: "In the query" },
  { place: "header", title: "Headers" },
];

function Parameters({ parameters, schemas }: { parameters: Parameter[]; schemas: Schemas }) {
  return PLACES.map(({ place, title }) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    return here.length === 0 ? null : (
      <section key={place}>
        <h4 className={classes.small}>{title}</h4>
        <ul className={classes.fields}>
          {here.map(({ name, schema, required, description }) => (
            <Field key={name} isRequired={required} {...{ name, schema, schemas, description }} />
          ))}
        </ul>
      </section>
    );
  });
}

function Success({ answer, schemas }: { answer: ReferenceAnswer; schemas: Schemas }) {
  return (
    <section>
      <h4 className={classes.small}>
        Answer <code>{answer.status}</code>
      </h4>
      <Markdown text={answer.description} />
      {answer.message !== null && <Fields schema={answer.message.schema} schemas={schemas} />}
      {answer.headers.length > 0 && (
        <details className={classes.more}>
          <summary>Headers of the answer</summary>
          <ul className={classes.fields}>
            {answer.headers.map(({ name, schema }) => (
              <Field key={name} name={name} schema={schema} isRequired={false} schemas={schemas} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Problems({ answers }: { answers: ReferenceAnswer[] }) {
  return (
    <details className={classes.more}>
      <summary>Problems</summary>
      <dl className={classes.problems}>
        {answers.map(({ status, description }) => (
          <div key={status}>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>
              <Markdown text={description} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

type OperationSectionProps = { operation: ReferenceOperation; schemas: Schemas; origin: string };

/** One operation: what it does, takes and answers, beside a request to copy. */
export function OperationSection({ operation, schemas, origin }: OperationSectionProps) {
  const { id, method, path, summary, description, parameters, body, answers } = operation;
  const successes = answers.filter(({ status }) => status.startsWith("2"));
  const problems = answers.filter(({ status }) => !status.startsWith("2"));
  return (
    <article id={id} className={classes.operation} aria-labelledby={`${id}-title`}>
      <div className={classes.words}>
        <h3 id={`${id}-title`} className={classes.operationTitle}>
          <a href={`#${id}`} className={classes.anchor}>
            {summary}
          </a>
        </h3>
        <p className={classes.address}>
          <span className={classes.method} data-method={method}>
            {method.toUpperCase()}
          </span>{" "}
          <code>{path}</code>
        </p>
        <Markdown text={description} />
        <Parameters parameters={parameters} schemas={schemas} />
        {body !== null && (
          <section>
            <h4 className={classes.small}>Body</h4>
            <Fields schema={body.schema} schemas={schemas} />
          </section>
        )}
        {successes.map((answer) => (
          <Success key={answer.status} answer={answer} schemas={schemas} />
        ))}
        <Problems answers={problems} />
      </div>
      <div className={classes.samples}>
        <CodeSample label="Request" code={curlOf(operation, origin)} />
        {successes.map(
          ({ status, message }) =>
            message?.example !== undefined && (
              <CodeSample
                key={status}
                label={`Answer ${status}`}
                code={JSON.stringify(message.example, null, 2)}
                isJson
              />
            ),
        )}
      </div>
    </article>
  );
}
