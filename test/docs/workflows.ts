import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const stepSchema = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']));
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.unknown(),
  permissions: permissionsSchema,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      if: z.string().optional(),
      needs: z.string().optional(),
      strategy: z
        .strictObject({ 'fail-fast': z.boolean(), matrix: z.record(z.string(), z.array(z.string())) })
        .optional(),
      environment: z.string().optional(),
      permissions: permissionsSchema.optional(),
      env: z.record(z.string(), z.string()).optional(),
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.number(),
      steps: z.array(stepSchema),
    }),
  ),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** The workflows of docs/ci.md by file name; an unknown key is an error. */
export function readWorkflows(): ReadonlyMap<string, Workflow> {
  const text = readFileSync(path.join(__dirname, '../../docs/ci.md'), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)];
  return new Map(blocks.map(([, file = '', yaml = '']) => [file, workflowSchema.parse(parse(yaml))]));
}

export function workflow(name: string): Workflow {
  const found = readWorkflows().get(`.github/workflows/${name}.yml`);
  if (found === undefined) throw new Error(`docs/ci.md has no workflow ${name}`);
  return found;
}

/** The scripts of all steps, in order. */
export function scriptsOf({ jobs }: Workflow): string[] {
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

/** The commands of a script that start with `start`, without redirections, pipes and alternatives at their ends. */
export function commandsOf(workflow: Workflow, start: string): string[] {
  return scriptsOf(workflow)
    .flatMap((script) => script.split('\n'))
    .flatMap((line) => (line.startsWith(start) ? [line.replace(/ (\|\||&&|>>?|\|) .*$/, '')] : []));
}
