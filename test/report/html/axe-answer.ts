/** The rules that a page violates according to axe's answer, each with the first element that violates it. */
export function violationsIn(found: unknown): string[] {
  if (!isRecord(found) || !Array.isArray(found.violations)) throw new Error('axe gave no answer');
  return found.violations.map((violation: unknown) => {
    if (!isRecord(violation) || !Array.isArray(violation.nodes)) return 'a violation of an unknown form';
    const [node]: unknown[] = violation.nodes;
    return `${String(violation.id)}: ${isRecord(node) ? String(node.html) : ''}`;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
