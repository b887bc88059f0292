/** Fills {YYYY}, {MM}, {DD} and {HH} of an address with a time in UTC. */
export function expandTimeTemplate(template: string, at: Date): string {
  const text = at.toISOString();
  const parts: Readonly<Record<string, string>> = {
    YYYY: text.slice(0, 4),
    MM: text.slice(5, 7),
    DD: text.slice(8, 10),
    HH: text.slice(11, 13),
  };
  return template.replace(/\{(YYYY|MM|DD|HH)\}/g, (whole, name: string) => parts[name] ?? whole);
}
