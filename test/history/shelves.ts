import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFolderShelf } from '../../cli/folder-shelf';
import { createBucketShelf } from '../../lambda/aws/bucket-shelf';
import type { Shelf } from '../../lambda/history/shelf';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { createMemoryShelf } from '../memory-shelf';

const undo: (() => void | Promise<void>)[] = [];

/** Every shelf there is. Each opening is a place of its own; `again` is another process on the same place. */
export const SHELVES: readonly { name: string; open: () => Promise<{ shelf: Shelf; again: () => Shelf }> }[] = [
  {
    name: 'memory',
    open: async () => {
      const shelf = createMemoryShelf();
      return { shelf, again: () => shelf };
    },
  },
  {
    name: 'folder',
    open: async () => {
      const folder = path.join(makeFolder(), 'not', 'there', 'yet');
      return { shelf: createFolderShelf(folder), again: () => createFolderShelf(folder) };
    },
  },
  {
    name: 'bucket',
    open: async () => {
      await openAws();
      const again = () => createBucketShelf('history', 'some/prefix/');
      return { shelf: again(), again };
    },
  },
];

export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'history-test-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** An emulation with a bucket `history`, to which clients without settings of their own speak. */
export async function openAws(parameters: Record<string, string> = {}): Promise<AwsSandbox> {
  const aws = await startAws({ port: 0, buckets: ['history'], parameters });
  undo.push(() => aws.stop());
  pointClientsAt(aws.endpoint);
  return aws;
}

export function pointClientsAt(endpoint: string): void {
  const before = { ...process.env };
  undo.push(() => {
    process.env = before;
  });
  process.env.AWS_ENDPOINT_URL = endpoint;
  process.env.AWS_REGION = 'eu-central-1';
  process.env.AWS_ACCESS_KEY_ID = 'made-up';
  process.env.AWS_SECRET_ACCESS_KEY = 'made-up';
}

export function whenDone(step: () => void | Promise<void>): void {
  undo.push(step);
}

export async function closeShelves(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}
