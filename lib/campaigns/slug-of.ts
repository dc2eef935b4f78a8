/** A short name for addresses, made of a name: "Anna in Łódź" is "anna-in-odz-" and four letters, so that it is seldom taken. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  const drawn = crypto.randomUUID().slice(0, 4);
  return plain === "" ? `campaign-${drawn}` : `${plain}-${drawn}`;
}
