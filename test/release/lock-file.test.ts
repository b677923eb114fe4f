import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ inBundle: z.boolean().optional(), integrity: z.string().optional(), resolved: z.string().optional() }),
  ),
});

// npm prefers `resolved` to the registry, and checks only packages with an `integrity`. A pull request that changes both
// could therefore install any file.
describe.each(['package-lock.json', 'bench/peers/package-lock.json', 'mutation/package-lock.json'])(
  'each package of %s',
  (file) => {
    const { packages } = lockSchema.parse(JSON.parse(readFileSync(path.join(__dirname, '../..', file), 'utf8')));
    // A package inside the file of another package is fetched and checked together with that file.
    const fetched = Object.entries(packages).filter(([place, { inBundle }]) => place !== '' && inBundle !== true);

    test(`each package of ${file} has a checksum`, () => {
      expect(fetched.length).toBeGreaterThan(50);
      expect(fetched.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([]);
    });

    test(`each package of ${file} comes from the registry`, () => {
      const elsewhere = fetched.filter(([, { resolved = REGISTRY }]) => !resolved.startsWith(REGISTRY));
      expect(elsewhere).toEqual([]);
    });
  },
);

const REGISTRY = 'https://registry.npmjs.org/';
