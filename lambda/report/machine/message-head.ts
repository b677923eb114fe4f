import { type MessageAttributeName, type MessageType, SCHEMA_VERSION, type Severity } from '../../contract';
import type { Lifecycle } from '../../judge/finding';
import type { Outcome } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { maskUnseen } from '../text/harmless';
import { bytesOf, type Json, joinMembers, writeJson } from '../text/json';

/**
 * What every body begins with, whatever its type. `part` counts from 1 to `parts` over all messages of the run, so that
 * a consumer knows when it has them all. `tenant` and the like are cut at 256 characters, which no real one reaches.
 */
export interface MessageHead {
  readonly schemaVersion: string;
  readonly messageType: MessageType;
  readonly runId: string;
  readonly part: number;
  readonly parts: number;
  readonly environment: string;
  readonly tenant: string;
  readonly mode: Report['mode'];
  readonly complete: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  /**
   * `finding`: of all its findings. `run_summary`: the worst of the run. `run_error`: always `high`. `earlier_change`: `high`
   * where something is not verified, else `informational`.
   */
  readonly severity: Severity;
  /**
   * `finding`: of all its findings, `none` where they are resolved. `earlier_change`: `none`. Else the worst of the run,
   * `none` without findings.
   */
  readonly outcome: Outcome | 'none';
  /** `finding`: of all its findings. Else `none`. */
  readonly lifecycle: MessageLifecycle | 'none';
}

/** Where a finding stands against earlier runs, and what this run settles of theirs. */
export type MessageLifecycle = Lifecycle | 'resolved';

/** What one message is about, so that its attributes are true of all it holds. */
export type Topic = Pick<MessageHead, 'messageType' | 'severity' | 'outcome' | 'lifecycle'>;

export function headOf(
  report: Report,
  { messageType, severity, outcome, lifecycle }: Topic,
  part: number,
  parts: number,
): MessageHead {
  return {
    schemaVersion: SCHEMA_VERSION,
    messageType,
    runId: report.runId.slice(0, 256),
    part,
    parts,
    environment: report.environment.slice(0, 256),
    tenant: report.tenant.slice(0, 256),
    mode: report.mode,
    complete: report.complete,
    startedAt: report.startedAt.slice(0, 64),
    finishedAt: report.finishedAt.slice(0, 64),
    severity,
    outcome,
    lifecycle,
  };
}

/** Attributes of a message: SNS counts their names, their type and their values with the body. */
export type Attributes = Readonly<Record<MessageAttributeName, string>>;

export function attributesOf(head: MessageHead): Attributes {
  const { schemaVersion, messageType, severity, mode, outcome, lifecycle } = head;
  return {
    schemaVersion,
    messageType,
    environment: attributeText(head.environment),
    tenant: attributeText(head.tenant),
    severity,
    mode,
    outcome,
    lifecycle,
  };
}

/** SNS takes neither an empty attribute nor one with control characters. */
function attributeText(text: string): string {
  return maskUnseen(text) || '?';
}

/** What a body of this type has beside its head. */
export type Members<Body extends MessageHead> = {
  readonly [Key in Exclude<keyof Body, keyof MessageHead>]: Json<Body[Key]>;
};

/** A message before its place among the others is known. Its members are written when they are asked for. */
export interface Draft extends Topic {
  /** The body after its head: JSON members without the braces. */
  readonly writeRest: () => string;
}

export function draftOf<Body extends MessageHead>(topic: Topic, write: () => Members<Body>): Draft {
  return { ...topic, writeRest: () => joinMembers(write()) };
}

/** A body: the head, then the members of its type. */
export function writeBody(head: MessageHead, { writeRest }: Draft): string {
  return `${writeJson(head).slice(0, -1)},${writeRest()}}`;
}

/** SNS refuses more than 262,144 bytes of body and attributes together; this leaves room for what we did not count. */
export const MESSAGE_BYTES = 240_000;

/** What is left for entries beside the head and the attributes, at the largest numbers that `part` can have. */
export function roomIn(report: Report, draft: Draft): number {
  const head = headOf(report, draft, 9_999_999, 9_999_999);
  const named = Object.entries(attributesOf(head)).map(
    ([name, value]) => bytesOf(name) + 'String'.length + bytesOf(value),
  );
  return MESSAGE_BYTES - bytesOf(writeBody(head, draft)) - named.reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Parts the members into lists, as many to a list as fit when they are written. An entry larger than the room would stand
 * alone; none is. What is written is measured and dropped: all of it at once may be more than a function can hold.
 */
export function pack<T>(
  members: readonly T[],
  write: (member: T) => Json<unknown>,
  room: number,
): readonly (readonly T[])[] {
  const lists: (readonly T[])[] = [];
  let start = 0;
  let used = 0;
  for (const [index, member] of members.entries()) {
    const bytes = bytesOf(write(member).text) + 1;
    if (index > start && used + bytes > room) {
      lists.push(members.slice(start, index));
      start = index;
      used = 0;
    }
    used += bytes;
  }
  return members.length > start ? [...lists, members.slice(start)] : lists;
}
