/**
 * Resolves a string of a template as CloudFormation does: each reference becomes the result of `nameOf` for its logical id
 * or pseudo parameter.
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
  throw new Error(`not a string of a template: ${JSON.stringify(value)}`);
}
