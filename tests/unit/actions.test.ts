import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const files = globSync("{app,lib}/**/*.ts").filter((file) =>
  readFileSync(file, "utf8").startsWith('"use server"'),
);

/** The source of each exported action: from its `export` to the next. */
function exportsOf(file: string): { name: string; source: string }[] {
  const [, ...parts] = readFileSync(file, "utf8").split(/^export /m);
  return parts.map((source) => ({ name: /(?:const|function) (\w+)/.exec(source)?.[1] ?? "?", source }));
}

test("ACT-01 every server action is a public POST that checks its origin, and who is signed in unless it signs them in", () => {
  expect(files.length).toBeGreaterThan(10);
  const unguarded = files.flatMap((file) =>
    exportsOf(file)
      .filter(({ source }) =>
        file.startsWith("app/(auth)/") && source.startsWith("async function")
          ? !source.includes("assertSameOrigin(await headers());")
          : !(
              file.startsWith("app/(auth)/")
                ? /^const \w+ = (person|open)Action\b/
                : /^const \w+ = (member|person)Action\b/
            ).test(source),
      )
      .map(({ name }) => `${file} ${name}`),
  );
  expect(unguarded).toEqual([]);
});
