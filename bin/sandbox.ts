import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { prepareShowcase, type ShowcaseTenant } from '../demo/showcase-tenant';
import { inLines, quoteForShell } from '../lambda/report/commands/command';
import { ALL_SCOPES, AUDIT_SCOPES } from '../sandbox/auth0/access';
import { type Sandbox, start } from '../sandbox/auth0/server';
import { SEEDS, type SeedName } from '../sandbox/seeds';

interface Choice {
  readonly port: number;
  readonly seed: SeedName;
  /** Grants the scopes that a repair needs, and the scopes that read the log. */
  readonly writable: boolean;
  /** The public key as PEM, for an application that authenticates with a private key instead of a secret. */
  readonly publicKey: string | undefined;
}

/** Runs the emulated tenant until a signal stops it. */
async function main(): Promise<void> {
  const choice = readChoice();
  if (choice === undefined) {
    process.exitCode = 2;
    return;
  }
  const { port, publicKey, seed } = choice;
  let past: number | undefined;
  const sandbox = await start({
    port,
    seed: SEEDS[seed](),
    now: () => past ?? Date.now(),
    scopes: choice.writable ? ALL_SCOPES : AUDIT_SCOPES,
    ...(publicKey === undefined ? {} : { publicKey }),
  });
  let showcase: ShowcaseTenant | undefined;
  try {
    if (seed === 'showcase') {
      showcase = prepareShowcase(sandbox, { time: Date.now(), moveTo: (time) => (past = time) });
      past = undefined;
    }
  } catch (error) {
    // A listening server would keep the process alive.
    await sandbox.stop();
    throw error;
  }
  process.stdout.write(describe(sandbox, choice, showcase?.policyFile));
  const stop = (): void => {
    showcase?.remove();
    void sandbox.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** The text with the commands to paste. Each command works in another terminal, in this folder, in a POSIX shell. */
function describe(sandbox: Sandbox, { seed, publicKey, writable }: Choice, policyFile: string | undefined): string {
  const { domain, credentials, tenant } = sandbox;
  const policy = policyFile === undefined ? [] : [`--policy ${quoteForShell(policyFile)}`];
  const audit = (...options: string[]) =>
    inLines({ program: 'npm run audit --', options: [`--domain ${domain}`, ...policy, ...options] });
  return [
    `Emulated tenant with ${tenant.connections.size} connections (${seed}) at ${domain}`,
    '',
    'In another terminal, in this folder:',
    '',
    `  export AUTH0_CLIENT_ID=${credentials.client_id}`,
    publicKey === undefined
      ? `  export AUTH0_CLIENT_SECRET=${credentials.client_secret}`
      : '  export AUTH0_PRIVATE_KEY="$(cat PRIVATE_KEY_FILE)"',
    ...audit(),
    ...(writable
      ? ['', 'To repair the findings (shows the changes and asks first):', '', ...audit('--mode remediate')]
      : []),
    '',
    'Stop the tenant with Ctrl+C.',
    '',
  ].join('\n');
}

function readChoice(): Choice | undefined {
  const problems: string[] = [];
  let values: { port?: string; seed?: string; writable?: boolean; 'public-key'?: string } = {};
  try {
    values = parseArgs({
      options: {
        port: { type: 'string' },
        seed: { type: 'string' },
        writable: { type: 'boolean' },
        'public-key': { type: 'string' },
      },
    }).values;
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const { port = '0', seed = 'tiny' } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) problems.push(`--port: expected 0 to 65535, got '${port}'`);
  if (!isSeedName(seed)) problems.push(`--seed: expected ${Object.keys(SEEDS).join(', ')}, got '${seed}'`);
  const publicKey = readKey(values['public-key'], problems);
  if (problems.length === 0 && isSeedName(seed))
    return { port: Number(port), seed, writable: values.writable === true, publicKey };
  process.stderr.write(
    `${problems.join('\n')}\nUsage: npm run sandbox -- [--port N] [--seed ${Object.keys(SEEDS).join('|')}] [--writable] [--public-key FILE]\n`,
  );
  return undefined;
}

function readKey(file: string | undefined, problems: string[]): string | undefined {
  if (file === undefined) return undefined;
  try {
    return createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    problems.push(`--public-key: expected a file that contains a public key in PEM format, got '${file}'`);
    return undefined;
  }
}

function isSeedName(text: string): text is SeedName {
  return Object.hasOwn(SEEDS, text);
}

main().catch((error: unknown) => {
  process.stderr.write(`The sandbox failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
