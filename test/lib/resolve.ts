/**
 * What CloudFormation makes of a text of a template: each reference becomes what `nameOf` gives for the logical id, or the
 * pseudo parameter, that it names.
 */
export function resolveText(value: unknown, nameOf: (id: string) => string = (id) => `<${id}>`): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, content] = []] = Object.entries(value);
  if (kind === 'Ref') return nameOf(String(content));
  if (kind === 'Fn::GetAtt' && Array.isArray(content)) return nameOf(String(content[0]));
  if (kind === 'Fn::Join' && Array.isArray(content)) {
    return content[1].map((part: unknown) => resolveText(part, nameOf)).join(content[0]);
  }
  throw new Error(`not a text of a template: ${JSON.stringify(value)}`);
}
