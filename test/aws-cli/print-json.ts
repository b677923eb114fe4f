/** An answer as the CLI prints it: four blanks a level, times with their offset, without what the SDK adds. */
export function printJson(answer: object): string {
  const members = Object.entries(answer).filter(([name, value]) => name !== '$metadata' && value !== undefined);
  if (members.length === 0) return '';
  return `${JSON.stringify(Object.fromEntries(members), withOffset, 4)}\n`;
}

/** A Date comes here as the text that its toJSON gives. */
function withOffset(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return value;
  return value
    .replace('.000Z', 'Z')
    .replace(/\.(\d{3})Z$/, '.$1000Z')
    .replace('Z', '+00:00');
}
