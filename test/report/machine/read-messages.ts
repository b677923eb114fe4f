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

/** The body of a message, parsed by a consumer. */
export const bodyOf = ({ body }: FindingMessage): Body => JSON.parse(body);
export const findingsIn = (messages: readonly FindingMessage[]) =>
  messages.flatMap((message) => bodyOf(message).findings ?? []);

/** The bytes that SNS counts: the body, and the names, types and values of the attributes. */
export function bytesOf({ body, attributes }: FindingMessage): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength('String') + Buffer.byteLength(value),
    Buffer.byteLength(body),
  );
}

/** Each message is within the limit, has its number, and has attributes that are true for its whole content. */
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

/** Facts as texts that can be compared, regardless of their order and the order of their keys. */
export const inAnyOrder = (facts: readonly unknown[]) => facts.map((fact) => JSON.stringify(sorted(fact))).sort();
const sorted = (fact: unknown): unknown =>
  typeof fact === 'object' && fact !== null && !Array.isArray(fact)
    ? Object.fromEntries(
        Object.entries(fact)
          .map(([key, value]) => [key, sorted(value)] as const)
          .sort(),
      )
    : fact;

/** The original finding, from the facts in its OCSF finding. */
export function factsOf({ unmapped, enrichments }: OcsfFinding): object {
  const { runId, environment, mode, complete, ...facts } = unmapped;
  return { ...facts, changedBy: enrichments?.[0]?.data ?? null };
}
