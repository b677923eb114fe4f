import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ALL_SCOPES, AUDIT_SCOPES } from '../sandbox/auth0/access';
import { start } from '../sandbox/auth0/server';
import { SEEDS, type SeedName } from '../sandbox/seeds';

interface Choice {
  readonly port: number;
  readonly seed: SeedName;
  /** Grants the scopes that a repair needs, and those to read the log. */
  readonly writable: boolean;
  /** PEM of the key with which the application proves itself, in place of the secret. */
  readonly publicKey: string | undefined;
}

/** Runs the emulated tenant until it is stopped. */
async function main(): Promise<void> {
  const choice = readChoice();
  if (choice === undefined) {
    process.exitCode = 2;
    return;
  }
  const scopes = choice.writable ? ALL_SCOPES : AUDIT_SCOPES;
  const { port, publicKey } = choice;
  const sandbox = await start({
    port,
    seed: SEEDS[choice.seed](),
    scopes,
    ...(publicKey === undefined ? {} : { publicKey }),
  });
  const { client_id: clientId, client_secret: clientSecret } = sandbox.credentials;
  process.stdout.write(
    `Sandbox tenant with ${sandbox.tenant.connections.size} connections (${choice.seed}) at ${sandbox.domain}\n\n` +
      'In another terminal:\n\n' +
      `  export AUTH0_CLIENT_ID=${clientId}\n` +
      (publicKey === undefined
        ? `  export AUTH0_CLIENT_SECRET=${clientSecret}\n`
        : '  export AUTH0_PRIVATE_KEY="$(cat PRIVATE_KEY_FILE)"\n') +
      `  npm run audit -- --domain ${sandbox.domain} --environment dev\n\n` +
      'Stop it with Ctrl+C.\n',
  );
  const stop = (): void => {
    void sandbox.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
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
    `${problems.join('\n')}\nUsage: npm run sandbox -- [--port N] [--seed tiny|mixed|thousand] [--writable] [--public-key FILE]\n`,
  );
  return undefined;
}

function readKey(file: string | undefined, problems: string[]): string | undefined {
  if (file === undefined) return undefined;
  try {
    return createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    problems.push(`--public-key: expected a file with a public key as PEM text, got '${file}'`);
    return undefined;
  }
}

function isSeedName(text: string): text is SeedName {
  return Object.hasOwn(SEEDS, text);
}

main().catch((error: unknown) => {
  process.stderr.write(`the sandbox failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
