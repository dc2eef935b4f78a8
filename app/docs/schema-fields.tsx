import classes from "./docs.module.css";
import { alternatives, type JsonSchema, kindOf, limitsOf, resolved, type Schemas } from "./json-schema.ts";
import { Markdown } from "./markdown.tsx";

const DEEPEST = 4;
const SHOWN = 12;

/** The schema whose fields stand below this one: its own, its entries', or those of its only structured alternative. */
function structureOf(schema: JsonSchema, schemas: Schemas): JsonSchema[] {
  const target = resolved(schema, schemas);
  if (target.properties !== undefined) return [target];
  if (target.type === "array") return structureOf(target.items ?? {}, schemas);
  return alternatives(target).flatMap((choice) => structureOf(choice, schemas));
}

function Choices({ values }: { values: unknown[] }) {
  const texts = values.map((value) => JSON.stringify(value).replaceAll('"', ""));
  if (texts.length <= SHOWN) {
    return (
      <p className={classes.choices}>
        {texts.map((text) => (
          <code key={text}>{text}</code>
        ))}
      </p>
    );
  }
  return (
    <details className={classes.more}>
      <summary>
        One of {texts.length}: {texts.slice(0, 3).join(", ")}…
      </summary>
      <p>{texts.join(", ")}</p>
    </details>
  );
}

type FieldProps = {
  name: string;
  schema: JsonSchema;
  isRequired: boolean;
  schemas: Schemas;
  description?: string | undefined;
  depth?: number;
};

/** One field, parameter or header: its name, kind, limits, and what is in it. */
export function Field({ name, schema, isRequired, schemas, description, depth = 0 }: FieldProps) {
  const target = resolved(schema, schemas);
  const inner = structureOf(schema, schemas);
  const text = description ?? target.description;
  return (
    <li className={classes.field}>
      <div className={classes.fieldHead}>
        <code className={classes.fieldName}>{name}</code>
        <span className={classes.kind}>{kindOf(schema, schemas)}</span>
        {isRequired && <span className={classes.required}>required</span>}
        {limitsOf(target).map((limit) => (
          <span key={limit} className={classes.limit}>
            {limit}
          </span>
        ))}
      </div>
      {text !== undefined && (
        <div className={classes.fieldText}>
          <Markdown text={text} />
        </div>
      )}
      {target.enum !== undefined && <Choices values={target.enum} />}
      {inner.length > 0 && depth < DEEPEST && (
        <details className={classes.more}>
          <summary>
            Fields of <code>{name}</code>
          </summary>
          {inner.map((each) => (
            <Fields
              key={Object.keys(each.properties ?? {}).join()}
              schema={each}
              schemas={schemas}
              depth={depth + 1}
            />
          ))}
        </details>
      )}
    </li>
  );
}

type FieldsProps = { schema: JsonSchema; schemas: Schemas; depth?: number };

/** The fields of an object, or of the entries of a list. Says what it is when it has none. */
export function Fields({ schema, schemas, depth = 0 }: FieldsProps) {
  const structures = structureOf(schema, schemas);
  if (structures.length === 0) return <p className={classes.kind}>{kindOf(schema, schemas)}</p>;
  return structures.map((structure) => (
    <ul key={Object.keys(structure.properties ?? {}).join()} className={classes.fields}>
      {Object.entries(structure.properties ?? {}).map(([name, inner]) => (
        <Field
          key={name}
          name={name}
          schema={inner}
          isRequired={structure.required?.includes(name) ?? false}
          schemas={schemas}
          depth={depth}
        />
      ))}
    </ul>
  ));
}
