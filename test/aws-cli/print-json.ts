/** Formats an answer like the CLI: indentation of four spaces, times with their offset, without the metadata of the SDK. */
export function printJson(answer: object): string {
  const members = Object.entries(answer).filter(([name, value]) => name !== '$metadata' && value !== undefined);
  if (members.length === 0) return '';
  return `${JSON.stringify(Object.fromEntries(members), withOffset, 4)}\n`;
}

/** The value of a Date is here already the text from its toJSON. */
function withOffset(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return value;
  return value
    .replace('.000Z', 'Z')
    .replace(/\.(\d{3})Z$/, '.$1000Z')
    .replace('Z', '+00:00');
}
