import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { codeOf, Failure, failureOf, usageFailure } from '../failure';
import type { Given } from '../given';
import {
  asFolder,
  isFolder,
  type Location,
  lastNameOf,
  listFolder,
  nameOf,
  readLocation,
  remove,
  transfer,
  within,
} from './s3-location';

/** `aws s3 cp` and `mv` for one object or file, or for a folder with `--recursive`. */
export async function copy(client: S3Client, given: Given, command: 'cp' | 'mv'): Promise<undefined> {
  const { source, target } = readPlaces(given, command);
  const verb = command === 'mv' ? 'move' : verbOf(source, target);
  for (const [from, to] of await pairsOf(client, given, source, target)) {
    await attempt(given, `${verb}: ${nameOf(from)} to ${nameOf(to)}`, verb, async () => {
      await transfer(client, from, to);
      if (command === 'mv') await remove(client, from);
    });
  }
  return undefined;
}

/** `aws s3 sync`: copies entries that the target lacks, that have another size or that are newer. `--delete` removes entries that the source lacks. */
export async function sync(client: S3Client, given: Given): Promise<undefined> {
  const places = readPlaces(given, 'sync');
  const [source, target] = [asFolder(places.source), asFolder(places.target)];
  const wanted = await listed(client, source);
  const there = new Map((await listed(client, target)).map((entry) => [entry.name, entry]));
  for (const { name, size, modifiedAt } of wanted) {
    const same = there.get(name);
    there.delete(name);
    if (same !== undefined && same.size === size && modifiedAt <= same.modifiedAt) continue;
    const [from, to] = [within(source, name), within(target, name)];
    const verb = verbOf(from, to);
    await attempt(given, `${verb}: ${nameOf(from)} to ${nameOf(to)}`, verb, () => transfer(client, from, to));
  }
  if (given.flag('delete') === true) {
    for (const name of there.keys()) {
      const gone = within(target, name);
      await attempt(given, `delete: ${nameOf(gone)}`, 'delete', () => remove(client, gone));
    }
  }
  return undefined;
}

/** `aws s3 rm` for one object or, with `--recursive`, for all objects under a prefix. */
export async function removeAll(client: S3Client, given: Given): Promise<undefined> {
  const target = readLocation(given.needed('target'));
  if (target.kind === 'local') throw usageFailure('usage: aws s3 rm <S3Uri>\nError: Invalid argument type');
  const gone =
    given.flag('recursive') === true
      ? (await listed(client, asFolder(target))).map(({ name }) => within(asFolder(target), name))
      : [target];
  for (const each of gone) await attempt(given, `delete: ${nameOf(each)}`, 'delete', () => remove(client, each));
  return undefined;
}

function readPlaces(given: Given, command: string): { source: Location; target: Location } {
  const source = readLocation(given.needed('source'));
  const target = readLocation(given.needed('target'));
  if (source.kind === 'local' && target.kind === 'local') {
    const forms = '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>';
    throw usageFailure(`usage: aws s3 ${command} ${forms}\nError: Invalid argument type`);
  }
  return { source, target };
}

/** The pairs of source and target. Without `--recursive`, a missing object ends the command before anything is copied. */
async function pairsOf(client: S3Client, given: Given, source: Location, target: Location) {
  if (given.flag('recursive') === true) {
    const [from, to] = [asFolder(source), asFolder(target)];
    const entries = await listed(client, from);
    return entries.map(({ name }) => [within(from, name), within(to, name)] as const);
  }
  if (source.kind === 's3') {
    try {
      await client.send(new HeadObjectCommand({ Bucket: source.bucket, Key: source.key }));
    } catch (error) {
      const isMissing = codeOf(error) === 'NotFound';
      const { message } = failureOf(error, 'HeadObject');
      const missing = `\nAn error occurred (404) when calling the HeadObject operation: Key "${source.key}" does not exist`;
      throw new Failure('transfer', `fatal error: ${(isMissing ? missing : message).trim()}`);
    }
  }
  return [[source, isFolder(target) ? within(asFolder(target), lastNameOf(source)) : target] as const];
}

async function listed(client: S3Client, folder: Location) {
  try {
    return await listFolder(client, folder);
  } catch (error) {
    throw new Failure('transfer', `fatal error: ${failureOf(error, 'ListObjectsV2').message.trim()}`);
  }
}

async function attempt(given: Given, line: string, verb: string, act: () => Promise<void>): Promise<void> {
  const isQuiet = given.flag('quiet') === true || given.flag('only-show-errors') === true;
  const isDry = given.flag('dryrun') === true;
  const isPrinted = given.text('target') === '-';
  try {
    if (!isDry) await act();
  } catch (error) {
    const { message } = failureOf(error, OPERATIONS[verb] ?? 'CopyObject');
    throw new Failure('transfer', `${line.replace(/^\w+/, `${verb} failed`)} ${message.trim()}`);
  }
  if (!isQuiet && !isPrinted) process.stdout.write(`${isDry ? '(dryrun) ' : ''}${line}\n`);
}

const OPERATIONS: { readonly [verb: string]: string } = {
  download: 'GetObject',
  upload: 'PutObject',
  delete: 'DeleteObject',
};

function verbOf(from: Location, to: Location): string {
  if (from.kind === 'local') return 'upload';
  return to.kind === 'local' ? 'download' : 'copy';
}
