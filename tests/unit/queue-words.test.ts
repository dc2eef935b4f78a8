import { expect, test } from "vitest";
import { TEXTS } from "#lib/queue/page-texts.ts";
import { PAGE_LANGUAGES, pageLanguage } from "#lib/queue/page-words.ts";

const parts = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

test.each(PAGE_LANGUAGES.filter((language) => language !== "en"))(
  "QUE-29 the waiting page in %s has every sentence, none of them English, and a sentence for each plural form",
  (language) => {
    const words = TEXTS[language];
    for (const [name, english] of Object.entries(TEXTS.en)) {
      const said = words[name as keyof typeof words];
      if (typeof english !== "string" || typeof said !== "string") continue;
      expect(said, name).not.toBe(english);
      expect(parts(said), name).toEqual(parts(english));
    }
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    expect(Object.keys(words.ahead).toSorted()).toEqual([...forms].toSorted());
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(TEXTS.en).toSorted());
  },
);

test("QUE-30 the page speaks what the browser asks for by weight, then the country's language, then English", () => {
  expect(pageLanguage("de;q=0.9, it;q=0.8, en;q=0.3", "PL")).toBe("it");
  expect(pageLanguage("EL-gr", "PL")).toBe("el");
  expect(pageLanguage("en;q=0, de", "GR")).toBe("el");
  expect(pageLanguage(null, "BG")).toBe("bg");
  expect(pageLanguage("*", "DE")).toBe("en");
  expect(pageLanguage(";;;,,q=x", undefined)).toBe("en");
});
