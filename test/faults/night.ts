import { isDeepStrictEqual } from 'node:util';
import type { StoredConnection } from '../../sandbox/auth0/stored-connection';
import type { LogEntry } from '../../sandbox/auth0/tenant-log';
import { type JsonObject, without } from '../../sandbox/json';
import { ALERTS_ARN, FINDINGS_ARN } from '../aws/aws-clients';
import { HISTORY_BUCKET } from '../deployed-function';
import {
  type Deployed,
  DUE,
  deploy,
  EDITOR,
  INVOCATION_MS,
  PATIENT,
  SETTING,
  SHORT_CALLS,
  SHORT_REQUESTS,
} from './deployment';
import type { Exchange } from './exchanges';
import type { Night, Script } from './script';

/** The result of a fault, as text for the table. */
export interface Outcome {
  readonly met: boolean;
  readonly damage: string;
  readonly leak: string;
  readonly writes: number;
  readonly people: string;
  readonly machines: string;
  readonly subject: string;
  readonly inTime: string;
  readonly exits: string;
}

/** The first run on a compliant tenant. Every other run begins with the state of this run. */
export async function leaveState(): Promise<string> {
  const deployed = await deploy();
  try {
    const { exit } = await deployed.invoke(PATIENT);
    if (exit !== 'ok') throw new Error(`the first run ended with ${exit}`);
    const [, state] = [...deployed.aws.objects(HISTORY_BUCKET)].find(([key]) => key.endsWith('state.json')) ?? [];
    if (state === undefined) throw new Error('the first run left no state');
    return state.text;
  } finally {
    await deployed.stop();
  }
}

/** One run with the fault, and one without a fault a day later. */
export async function live(state: string, exchange: Exchange, script: Script): Promise<Outcome> {
  const deployed = await deploy({ state });
  try {
    return await liveThrough(deployed, exchange, script);
  } finally {
    await deployed.stop();
  }
}

/** Half a day after the run that left the state, an editor changes connections back. */
export function drift({ sandbox, pass, nextDay }: Deployed, ids: readonly string[]): void {
  pass(43_200_000);
  for (const id of ids) {
    const options = sandbox.tenant.connections.get(id)?.options ?? {};
    sandbox.editAs(EDITOR, id, { options: { ...options, [SETTING]: 'on_first_login' } });
  }
  nextDay();
}

async function liveThrough(deployed: Deployed, exchange: Exchange, script: Script): Promise<Outcome> {
  const { sandbox, aws } = deployed;
  drift(deployed, DUE);
  let isMet = false;
  let kill = () => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const met =
    <T extends unknown[]>(run: (...given: T) => void) =>
    (...given: T) => {
      isMet = true;
      run(...given);
    };
  const expected = new Map(sandbox.tenant.connections);
  const atMorning: Night['atMorning'] = [];
  const side = exchange.side === 'auth0' ? sandbox : aws;
  let isDown = false;
  const night: Night = {
    deployed,
    expected,
    atMorning,
    kill: met(() => {
      deployed.silence();
      kill();
    }),
    goDown: met(() => {
      if (isDown) return;
      isDown = true;
      side.down();
      atMorning.push(() => side.up());
    }),
    edit: met((id, key, value) => {
      const before = expected.get(id);
      const stored = sandbox.tenant.connections.get(id);
      if (before === undefined || stored === undefined) return;
      sandbox.editAs(EDITOR, id, { options: { ...stored.options, [key]: value } });
      expected.set(id, { ...before, options: { ...before.options, [key]: value } });
    }),
  };
  exchange.prepare?.(deployed);
  // Records that the exchange occurred.
  exchange.strikeAuth0?.(deployed, { name: 'before', run: met(() => undefined) }, 1);
  script.strike({ ...night, deployed: noticing(deployed, () => met(() => undefined)()) });

  const short = exchange.side === 'aws' ? SHORT_CALLS : SHORT_REQUESTS;
  const limits = script.isSilent ? short : PATIENT;
  const began = { log: sandbox.log.length, alerts: aws.published.length };
  const first = script.isKilled
    ? await deployed.invokeKilled(killed).then(() => ({ exit: 'killed', message: '', took: 0, isEnded: true }))
    : await deployed.invoke(limits);
  const toldAt1 = aws.published.length;
  sandbox.faults.clear();
  aws.clearFailures();
  for (const restore of atMorning) await restore();
  deployed.nextDay();
  const second = await deployed.invoke(PATIENT);

  const writes = writesIn(sandbox.log.slice(began.log));
  const ofNight1 = writes.filter(({ runId }) => runId.endsWith('00000001'));
  const told = (topic: string, isTold: (message: string, write: Write) => boolean) =>
    describeTold(ofNight1, (write) => {
      const nights = [aws.published.slice(began.alerts, toldAt1), aws.published.slice(toldAt1)];
      return nights.map((messages) =>
        messages.some(({ topicArn, message }) => topicArn === topic && isTold(message, write)),
      );
    });
  const subject = aws.published.slice(began.alerts, toldAt1).find(({ topicArn }) => topicArn === ALERTS_ARN)?.subject;
  const left = leftBehind(deployed) + first.message + second.message;
  return {
    met: isMet,
    damage: describeDamage(deployed, expected),
    leak: [...new Set(left.match(SECRETS) ?? [])].join(', ') || 'none',
    writes: ofNight1.length,
    people: told(ALERTS_ARN, tellsPeople),
    machines: told(FINDINGS_ARN, tellsMachines),
    subject: subject?.replace('[prod] ', '') ?? '(no message)',
    inTime: [first, second].every(({ isEnded, took }) => isEnded && took <= INVOCATION_MS) ? 'yes' : 'NO',
    exits: second.exit === 'ok' ? first.exit : `${first.exit}, then ${second.exit}`,
  };
}

/** Records that AWS answered a scripted call. */
function noticing(deployed: Deployed, notice: () => void): Deployed {
  const failNext: Deployed['aws']['failNext'] = (operation, failure) => {
    const run = () => {
      notice();
      failure.run?.();
    };
    deployed.aws.failNext(operation, { ...failure, run });
  };
  return { ...deployed, aws: { ...deployed.aws, failNext } };
}

const SECRETS = /planted-secret[\w-]*|made-up-signature[\w-]*/g;

/** Every text that the function wrote: messages, records, state, output. */
function leftBehind({ aws, printed }: Deployed): string {
  const kept = [...aws.objects(HISTORY_BUCKET).values()].flatMap(({ versions }) => versions);
  return JSON.stringify(aws.published) + JSON.stringify(aws.imported) + kept.join() + printed();
}

/** A write of this auditor that took effect. */
export interface Write {
  readonly runId: string;
  readonly connectionId: string;
}

/** Our writes in the tenant's log. The correlation id of a write is the run id. */
export function writesIn(log: readonly LogEntry[]): readonly Write[] {
  return log.flatMap((entry) => {
    const text = JSON.stringify(entry);
    const runId = /"correlation_id":"([^"]+)"/.exec(text)?.[1];
    const connectionId = /\/api\/v2\/connections\/(con_\w+)/.exec(text)?.[1];
    return entry.type !== 'sapi' || runId === undefined || connectionId === undefined ? [] : [{ runId, connectionId }];
  });
}

/** Whether a section of an alert reports this write. */
export function tellsPeople(message: string, { runId, connectionId }: Write): boolean {
  const text: string = JSON.parse(message).default;
  return text.split(/\n\n(?=[A-Z])/).some((section) => {
    if (!section.includes(`- ${connectionId} `)) return false;
    if (section.startsWith('WRITTEN BY EARLIER RUNS')) return section.includes(runId);
    return /^(FIXED AND VERIFIED|FAILED VERIFICATION)/.test(section) && text.includes(`Run       ${runId}\n`);
  });
}

interface Told {
  readonly messageType: string;
  readonly runId: string;
  readonly outcome: string;
  readonly findings?: readonly object[];
  readonly changes?: readonly { readonly runId: string; readonly connections: readonly { readonly id: string }[] }[];
}

export function tellsMachines(message: string, { runId, connectionId }: Write): boolean {
  const told: Told = JSON.parse(message);
  if (told.messageType === 'earlier_change') {
    const own = (told.changes ?? []).filter((change) => change.runId === runId);
    return own.some(({ connections }) => connections.some(({ id }) => id === connectionId));
  }
  const isWrite = ['remediated', 'failed_verification'].includes(told.outcome) && told.runId === runId;
  return told.messageType === 'finding' && isWrite && JSON.stringify(told.findings).includes(`/${connectionId}/`);
}

/** The runs in which the writes were reported; NOT REPORTED if a write was never reported. */
function describeTold(writes: readonly Write[], toldAt: (write: Write) => readonly boolean[]): string {
  if (writes.length === 0) return 'nothing to report';
  const nights = writes.map((write) => toldAt(write).indexOf(true));
  if (nights.includes(-1)) return 'NOT REPORTED';
  return [...new Set(nights)]
    .toSorted()
    .map((night) => `run ${night + 1}`)
    .join(' and ');
}

function describeDamage({ sandbox }: Deployed, expected: Night['expected']): string {
  const { connections } = sandbox.tenant;
  const ids = new Set([...expected.keys(), ...connections.keys()]);
  const damaged = [...ids].flatMap((id) => {
    const [before, after] = [expected.get(id), connections.get(id)];
    if (before === undefined || after === undefined) return before === after ? [] : [`${id} as a whole`];
    const isDue = DUE.some((due) => due === id);
    const [meant, found] = isDue ? [withoutSetting(before), withoutSetting(after)] : [before, after];
    const isValue = !isDue || [undefined, 'on_first_login', 'on_each_login'].includes(settingOf(after));
    return isDeepStrictEqual(meant, found) && isValue ? [] : [`${id}: ${keysThatDiffer(meant, found).join(', ')}`];
  });
  return damaged.join('; ') || 'none';
}

function withoutSetting({ options, ...connection }: StoredConnection): JsonObject {
  return { ...connection, options: without(options, [SETTING]) };
}

function settingOf({ options }: StoredConnection): string | undefined {
  const value = options[SETTING];
  return value === undefined ? undefined : String(value);
}

function keysThatDiffer(before: JsonObject, after: JsonObject, path = ''): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [one, other] = [before[key], after[key]];
    if (isDeepStrictEqual(one, other)) return [];
    return key === 'options' && isObject(one) && isObject(other)
      ? keysThatDiffer(one, other, 'options.')
      : [`${path}${key}`];
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
