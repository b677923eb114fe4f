import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeOwnFile } from '../../../cli/program/write-own-file';
import { closeStores, makeFolder } from '../../history/stores';

afterEach(closeStores);

const modeOf = (file: string): number => statSync(file).mode & 0o777;

test.each([false, true])('a written file is readable by its owner only, with a file there before: %s', (isThere) => {
  const file = path.join(makeFolder(), 'report.json');
  if (isThere) {
    writeFileSync(file, 'before');
    chmodSync(file, 0o644);
  }
  writeOwnFile(file, 'text');
  expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['text', 0o600]);
});

test('a pipe gets the text and keeps its mode', async () => {
  const pipe = path.join(makeFolder(), 'pipe');
  execFileSync('mkfifo', ['-m', '644', pipe]);
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  reader.stdout.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => reader.on('close', resolve));
  writeOwnFile(pipe, 'text');
  await ended;
  expect([Buffer.concat(chunks).toString(), modeOf(pipe)]).toEqual(['text', 0o644]);
});
