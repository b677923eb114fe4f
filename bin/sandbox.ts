import { parseArgs } from 'node:util';
import { ALL_SCOPES, AUDIT_SCOPES } from '../sandbox/auth0/access';
import { start } from '../sandbox/auth0/server';
import { SEEDS, type SeedName } from '../sandbox/seeds';

interface Choice {
  readonly port: number;
  readonly seed: SeedName;
  /** Grants the scopes that a repair needs, and those to read the log. */
  readonly writable: boolean;
}

/** Runs the emulated tenant until it is stopped. */
async function main(): Promise<void> {
  const choice = readChoice();
  if (choice === undefined) {
    process.exitCode = 2;
    return;
  }
  const scopes = choice.writable ? ALL_SCOPES : AUDIT_SCOPES;
  const sandbox = await start({ port: choice.port, seed: SEEDS[choice.seed](), scopes });
  const { client_id: clientId, client_secret: clientSecret } = sandbox.credentials;
  process.stdout.write(
    `Sandbox tenant with ${sandbox.tenant.connections.size} connections (${choice.seed}) at ${sandbox.domain}\n\n` +
      'In another terminal:\n\n' +
      `  export AUTH0_CLIENT_ID=${clientId}\n` +
      `  export AUTH0_CLIENT_SECRET=${clientSecret}\n` +
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
  let values: { port?: string | undefined; seed?: string | undefined; writable?: boolean | undefined } = {};
  try {
    values = parseArgs({
      options: { port: { type: 'string' }, seed: { type: 'string' }, writable: { type: 'boolean' } },
    }).values;
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const { port = '0', seed = 'tiny' } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) problems.push(`--port: expected 0 to 65535, got '${port}'`);
  if (!isSeedName(seed)) problems.push(`--seed: expected ${Object.keys(SEEDS).join(', ')}, got '${seed}'`);
  if (problems.length === 0 && isSeedName(seed))
    return { port: Number(port), seed, writable: values.writable === true };
  process.stderr.write(
    `${problems.join('\n')}\nUsage: npm run sandbox -- [--port N] [--seed tiny|mixed|thousand] [--writable]\n`,
  );
  return undefined;
}

function isSeedName(text: string): text is SeedName {
  return Object.hasOwn(SEEDS, text);
}

main().catch((error: unknown) => {
  process.stderr.write(`the sandbox failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
