import classes from "#components/detail-value.module.css";
import { Fact, Facts } from "#components/facts.tsx";

function label(name: string): string {
  return name.replaceAll("_", " ");
}

/** A JSON value laid out for reading: objects as names and values, lists as lines. */
export function DetailValue({ value }: { value: unknown }) {
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
            <DetailValue value={item} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <Facts>
      {Object.entries(value).map(([name, inner]) => (
        <Fact key={name} name={label(name)}>
          <DetailValue value={inner} />
        </Fact>
      ))}
    </Facts>
  );
}
