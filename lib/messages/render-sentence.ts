/** Replaces `{name}` by the field of that name; a name without a field stays visible. */
export function renderSentence(template: string, fields: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fields ? String(fields[name]) : whole));
}
