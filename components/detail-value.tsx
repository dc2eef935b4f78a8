import type { ReactNode } from "react";
import classes from "#components/detail-value.module.css";
import { Fact, Facts } from "#components/facts.tsx";

/** How the names and values of one kind of record are said. Undefined: as they stand. */
export type DetailWords = {
  name: (name: string) => string;
  value: (name: string, value: unknown) => ReactNode;
};

const AS_THEY_STAND: DetailWords = { name: (name) => name.replaceAll("_", " "), value: () => undefined };

type Props = {
  value: unknown;
  /** The record's own words; without them names lose their underscores and values stay. */
  words?: DetailWords;
};

/** A JSON value laid out for reading: objects as names and values, lists as lines. */
export function DetailValue({ value, words = AS_THEY_STAND }: Props) {
  if (value === null || value === undefined) return <span className={classes.none}>–</span>;
  if (typeof value === "boolean") return <>{value ? "yes" : "no"}</>;
  if (typeof value !== "object") return <>{String(value)}</>;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return <>{value.map(String).join(", ")}</>;
    return (
      <ol className={classes.items}>
        {value.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry never changes, so neither does the order of its lists.
          <li key={index}>
            <DetailValue value={item} words={words} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <Facts>
      {Object.entries(value).map(([name, inner]) => (
        <Fact key={name} name={words.name(name)}>
          {words.value(name, inner) ?? <DetailValue value={inner} words={words} />}
        </Fact>
      ))}
    </Facts>
  );
}
