import { MESSAGE_ATTRIBUTES } from '../../../lambda/contract';
import type { Report } from '../../../lambda/judge/report';
import type { FindingMessage } from '../../../lambda/report/machine/messages';
import type { OcsfFinding } from '../../../lambda/report/machine/ocsf-shape';
import { unseenIn } from '../hostile-reports';

interface Body {
  readonly runId: string;
  readonly messageType: string;
  readonly severity: string;
  readonly outcome: string;
  readonly part: number;
  readonly parts: number;
  readonly lifecycle: string;
  readonly findings?: readonly OcsfFinding[];
  readonly notices?: readonly unknown[];
}

/** A message as a subscriber reads it. */
export const bodyOf = ({ body }: FindingMessage): Body => JSON.parse(body);
export const findingsIn = (messages: readonly FindingMessage[]) =>
  messages.flatMap((message) => bodyOf(message).findings ?? []);

/** As SNS counts them: names, types and values of the attributes beside the body. */
export function bytesOf({ body, attributes }: FindingMessage): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength('String') + Buffer.byteLength(value),
    Buffer.byteLength(body),
  );
}

/** Each message within the limit, in its place, and true of all it holds. */
export function expectSound(report: Report, messages: readonly FindingMessage[]): void {
  messages.forEach((message, index) => {
    const body = bodyOf(message);
    expect(bytesOf(message)).toBeLessThanOrEqual(240_000);
    expect(body.part).toBe(index + 1);
    expect(body.parts).toBe(messages.length);
    expect(body.runId).toBe(report.runId.slice(0, 256));
    expect(Object.keys(message.attributes).sort()).toEqual([...MESSAGE_ATTRIBUTES].sort());
    expect(message.attributes.severity).toBe(body.severity);
    expect(message.attributes.messageType).toBe(body.messageType);
    expect(message.attributes.outcome).toBe(body.outcome);
    for (const value of Object.values(message.attributes)) expect(value).toMatch(/^[^\p{C}]+$/u);
    expect(message.attributes.lifecycle).toBe(body.lifecycle);
    const others = (body.findings ?? []).filter(
      ({ severity, unmapped }) =>
        severity.toLowerCase() !== body.severity ||
        (unmapped.outcome ?? 'none') !== body.outcome ||
        unmapped.lifecycle !== body.lifecycle,
    );
    expect(others).toEqual([]);
    expect(unseenIn(message.body)).toEqual([]);
  });
}

/** Facts as texts that can be compared, whatever their order and that of their keys. */
export const inAnyOrder = (facts: readonly unknown[]) => facts.map((fact) => JSON.stringify(sorted(fact))).sort();
const sorted = (fact: unknown): unknown =>
  typeof fact === 'object' && fact !== null && !Array.isArray(fact)
    ? Object.fromEntries(
        Object.entries(fact)
          .map(([key, value]) => [key, sorted(value)] as const)
          .sort(),
      )
    : fact;

/** A finding as it was, from what OCSF keeps of it. */
export function factsOf({ unmapped, enrichments }: OcsfFinding): object {
  const { runId, environment, mode, complete, ...facts } = unmapped;
  return { ...facts, changedBy: enrichments?.[0]?.data ?? null };
}
