import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFolderStore } from '../../cli/folder-store';
import { createBucketStore } from '../../lambda/aws/bucket-store';
import type { Store } from '../../lambda/history/store';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { createMemoryStore } from './memory-store';

const undo: (() => void | Promise<void>)[] = [];

/** All stores. Each `open` creates a separate place; `again` is another process on the same place. */
export const STORES: readonly { name: string; open: () => Promise<{ store: Store; again: () => Store }> }[] = [
  {
    name: 'memory',
    open: async () => {
      const store = createMemoryStore();
      return { store, again: () => store };
    },
  },
  {
    name: 'folder',
    open: async () => {
      const folder = path.join(makeFolder(), 'not', 'there', 'yet');
      return { store: createFolderStore(folder), again: () => createFolderStore(folder) };
    },
  },
  {
    name: 'bucket',
    open: async () => {
      await openAws();
      const again = () => createBucketStore('history', 'some/prefix/');
      return { store: again(), again };
    },
  },
];

export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'history-test-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** An emulation with a bucket `history`. Clients without other settings use it. */
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

export async function closeStores(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}
