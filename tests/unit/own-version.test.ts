import { expect, test } from "vitest";
import { OwnVersion } from "#app/(console)/[workspace]/alerts/own-version.ts";
import type { FormAction } from "#components/form-state.ts";

/** An alert that only takes an answer to the version it has, as the database does; slowly, so that answers meet. */
function alertAt(version: number) {
  const met: string[] = [];
  const answer: FormAction = async (_, form) => {
    const expected = String(form.get("expected_version"));
    met.push(expected);
    await new Promise(setImmediate);
    if (expected !== String(version)) {
      return { serverError: { code: "version_conflict", message: "Someone else answered.", details: {} } };
    }
    version += 1;
    return { data: { version } };
  };
  const change = () => {
    version += 1;
  };
  return { met, answer, change };
}

test("ALT-22 an answer right after one's own names the version that this made, not the one on the page", async () => {
  const { met, answer, change } = alertAt(4);
  const own = new OwnVersion();
  const acknowledge = own.answering(4, answer);
  const resolve = own.answering(4, answer);
  const both = await Promise.all([acknowledge({}, new FormData()), resolve({}, new FormData())]);
  expect(both).toEqual([{ data: { version: 5 } }, { data: { version: 6 } }]);
  expect(met).toEqual(["4", "5"]);
  change();
  expect(await resolve({}, new FormData())).toMatchObject({ serverError: { code: "version_conflict" } });
  // The page shows what somebody else has made of it, and the answer is to that.
  expect(await own.answering(7, answer)({}, new FormData())).toEqual({ data: { version: 8 } });
});

test("ALT-23 an answer that fails holds no later one up", async () => {
  const own = new OwnVersion();
  const failing = own.answering(1, () => Promise.reject(new Error("the connection was lost")));
  await expect(failing({}, new FormData())).rejects.toThrow("lost");
  expect(await own.answering(1, alertAt(1).answer)({}, new FormData())).toEqual({ data: { version: 2 } });
});
