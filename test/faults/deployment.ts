import { killSwitchParameter } from '../../lambda/contract';
import { createHandler } from '../../lambda/handler';
import { settingsSchema } from '../../lambda/settings';
import { addressOf } from '../../lambda/tenant-address';
import { type Clock, LIMITS, type Limits } from '../../lambda/time-plan';
import { REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import { type Sandbox, type SandboxOptions, start } from '../../sandbox/auth0/server';
import type { SeedConnection } from '../../sandbox/auth0/stored-connection';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { optionsFor } from '../../sandbox/seed-options';
import { createVirtualClock, type VirtualClock } from '../../sandbox/virtual-clock';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from '../aws/aws-clients';
import { HISTORY_BUCKET, layOut } from '../deployed-function';
import type { Stage } from './script';

export const SCOPES = [...REMEDIATION_SCOPES, 'read:logs'];
export const EDITOR = { kind: 'dashboard', email: 'robin@example.invalid', name: 'Robin' } as const;
export const SETTING = 'set_user_root_attributes';
export const CLIENT_SECRET = 'planted-secret-of-the-application';
/** Every AWS error contains this text, like an error that quotes a credential. */
export const AWS_QUOTE = 'planted-secret-in-an-aws-error';
/** The function's timeout. */
export const INVOCATION_MS = 900_000;
export const DAY_MS = 86_400_000;
/** The clock starts at the first scheduled time, the day before run 1. */
export const FIRST_NIGHT = Date.UTC(2026, 0, 5, 4, 30);

/** Real-time timers of the process. They are long if every call is answered, so that a slow machine reaches none. */
export const PATIENT: Limits = { ...LIMITS, requestMs: 9_000, callMs: 9_000 };
/** Limits for requests to the tenant that hang. The time plan uses the virtual clock. */
export const SHORT_REQUESTS: Limits = { ...PATIENT, requestMs: 300 };
/** Limits for calls to AWS that hang. */
export const SHORT_CALLS: Limits = { ...PATIENT, callMs: 1_000 };

/** The connections that editors changed back after the run that left the state: the due repairs. */
export const DUE = ['con_okta001', 'con_okta002', 'con_oidc001'] as const;
const COMPLIANT = 50;

/** 53 connections on two pages of 50, all compliant, with secrets in their options. */
export function compliantTenant(): SeedConnection[] {
  const due = DUE.map((id) => seed(id, id.slice(4, 8)));
  const others = Array.from({ length: COMPLIANT }, (_, index) => seed(`con_github9${index + 10}`, 'github'));
  const [first, second, third] = due;
  return [first, ...others, second, third].filter((each) => each !== undefined);
}

function seed(id: string, strategy: string): SeedConnection {
  const options = { ...optionsFor(strategy, id), client_secret: `planted-secret-of-${id}` };
  return { id, name: `name-of-${id}`, strategy, display_name: `name-of-${id}`, options };
}

export interface DeployOptions {
  readonly seed?: readonly SeedConnection[];
  /** The text of the state that earlier runs left. */
  readonly state?: string;
  readonly rateLimit?: SandboxOptions['rateLimit'];
}

/** The result of an invocation. */
export interface Invoked {
  /** `ok`, or the name of the error. */
  readonly exit: string;
  readonly message: string;
  /** Milliseconds on the virtual clock, without the jumps that a script made. */
  readonly took: number;
  /** Whether the invocation ended. */
  readonly isEnded: boolean;
}

/** The function with an emulated tenant and emulated AWS, on a virtual clock. Processes run one after the other. */
export interface Deployed extends Stage {
  readonly clock: () => VirtualClock;
  /** One invocation with the scheduled event, in the warm process or in a new one. */
  invoke(limits: Limits): Promise<Invoked>;
  /** The same, but the process is dropped after `killed` resolves and `silence` has run, with all work in progress. */
  invokeKilled(killed: Promise<void>): Promise<void>;
  /** From now on nothing is answered and nothing is applied. */
  silence(): void;
  /** Moves the clock to the scheduled time of the next day. */
  nextDay(): void;
  readonly printed: () => string;
  stop(): Promise<void>;
}

/** An invocation that has not ended after this time (real milliseconds) counts as never ended. */
const NEVER_MS = 60_000;

/** An emulated tenant and emulated AWS, with the settings that the function's process needs to find them. */
export interface World {
  readonly sandbox: Sandbox;
  readonly aws: AwsSandbox;
  /** The environment variables of the function. */
  readonly variables: Readonly<Record<string, string>>;
  /** The variables that the SDK reads only from the process. */
  readonly forSdk: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function openWorld(
  now: () => number,
  { seed = compliantTenant(), state, rateLimit = 'enterprise' }: DeployOptions = {},
): Promise<World> {
  const sandbox = await start({ seed, now, scopes: SCOPES, maxTake: 50, clientSecret: CLIENT_SECRET, rateLimit });
  const aws = await startAws({
    secrets: { [SECRET_ARN]: JSON.stringify(sandbox.credentials) },
    topics: { [ALERTS_ARN]: [], [FINDINGS_ARN]: [] },
    buckets: [HISTORY_BUCKET],
    parameters: { [killSwitchParameter('prod')]: 'allow' },
  });
  const folder = encodeURIComponent(addressOf(sandbox.domain).host);
  if (state !== undefined) aws.putObject(HISTORY_BUCKET, `${folder}/state.json`, state);
  const settings = settingsSchema.parse({
    name: 'prod',
    domain: sandbox.domain,
    timeZone: 'Europe/Berlin',
    mode: 'remediate',
    caps: { maxChanges: 10, maxPercent: 100 },
    securityHub: true,
  });
  const { variables, remove } = layOut(settings, { default: { expect: 'on_each_login' } });
  const forSdk = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'planted-secret-of-the-role',
    AWS_ENDPOINT_URL: aws.endpoint,
  };
  return {
    sandbox,
    aws,
    variables,
    forSdk,
    async stop() {
      await Promise.all([sandbox.stop(), aws.stop()]);
      remove();
    },
  };
}

export async function deploy(options: DeployOptions = {}): Promise<Deployed> {
  let night = 0;
  let jumped = 0;
  let clock = createVirtualClock(FIRST_NIGHT);
  const now = () => clock.now();
  const world = await openWorld(now, options);
  const { sandbox, aws, variables } = world;
  const restore = setVariables(world.forSdk);
  const output = captureOutput();
  const clocks: VirtualClock[] = [clock];
  const killed: Promise<unknown>[] = [];
  let handler: ReturnType<typeof createHandler> | undefined;

  function begin(limits: Limits, own: Clock): Promise<unknown> {
    handler ??= createHandler(variables, limits, own);
    night += 1;
    const awsRequestId = `${String(night).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const event = { scheduledTime: new Date(clock.now()).toISOString() };
    const end = clock.now() + INVOCATION_MS;
    const getRemainingTimeInMillis = () => end - own.now();
    return handler(event, { awsRequestId, functionName: 'prod-auditor', getRemainingTimeInMillis });
  }

  return {
    sandbox,
    aws,
    clock: () => clock,
    async invoke(limits) {
      const begun = clock.now();
      jumped = 0;
      const ended = begin(limits, { now, elapsed: now, sleep: (milliseconds) => clock.sleep(milliseconds) }).then(
        () => ({ exit: 'ok', message: '', isEnded: true }),
        (error: unknown) => ({ ...describe(error), isEnded: true }),
      );
      const { settled, isSettled } = await within(NEVER_MS, ended);
      const reached = isSettled ? settled : { exit: 'never ended', message: '', isEnded: false };
      return { ...reached, took: clock.now() - begun - jumped };
    },
    async invokeKilled(when) {
      const own = clock;
      const invoked = begin(PATIENT, own).catch(() => undefined);
      killed.push(invoked);
      await Promise.race([when, invoked]);
      await quiet(() => sandbox.requests.length + aws.calls.length);
      // The next process has a clock that does not wait for the work of this process.
      handler = undefined;
      clock = createVirtualClock(own.now());
      clocks.push(clock);
    },
    silence() {
      sandbox.faults.add({ name: 'hang' }, { times: Number.POSITIVE_INFINITY });
      for (const operation of OPERATIONS) aws.failNext(operation, { hang: true, times: Number.POSITIVE_INFINITY });
    },
    jump(milliseconds) {
      jumped += milliseconds;
      clock.advance(milliseconds);
    },
    pass: (milliseconds) => clock.advance(milliseconds),
    nextDay() {
      const days = Math.ceil((clock.now() - FIRST_NIGHT + 1) / DAY_MS);
      clock.advance(FIRST_NIGHT + days * DAY_MS - clock.now());
    },
    printed: output.printed,
    async stop() {
      await world.stop();
      await within(NEVER_MS, Promise.all(killed));
      for (const each of clocks) each.stop();
      output.release();
      restore();
    },
  };
}

const OPERATIONS = [
  'GetSecretValue',
  'GetParameter',
  'GetObject',
  'PutObject',
  'Publish',
  'BatchImportFindings',
] as const;
/** The number of turns of the event loop without a new request after which the process only waits for an answer. */
const QUIET_TURNS = 40;

async function quiet(requests: () => number): Promise<void> {
  for (let before = -1, turns = 0; turns < QUIET_TURNS; turns += 1) {
    if (requests() !== before) turns = 0;
    before = requests();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function describe(error: unknown): { exit: string; message: string } {
  return error instanceof Error
    ? { exit: error.name, message: error.stack ?? '' }
    : { exit: 'no error', message: String(error) };
}

type Within<T> =
  | { readonly isSettled: true; readonly settled: T }
  | { readonly isSettled: false; readonly settled: undefined };

async function within<T>(milliseconds: number, work: Promise<T>): Promise<Within<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Within<T>>((resolve) => {
    timer = setTimeout(() => resolve({ isSettled: false, settled: undefined }), milliseconds);
  });
  try {
    return await Promise.race([work.then((settled) => ({ isSettled: true, settled }) as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The SDK reads its endpoint and credentials only from the process. */
function setVariables(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

function captureOutput(): { printed: () => string; release: () => void } {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => {
    const { write } = stream;
    stream.write = (chunk: string | Uint8Array) => {
      chunks.push(String(chunk));
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
  return { printed: () => chunks.join(''), release: () => streams.forEach((release) => void release()) };
}
