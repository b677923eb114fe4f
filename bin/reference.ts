#!/usr/bin/env tsx
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeGenerated } from '../reference/generated';

// Writes every file that is generated from the tables in the code. `npm run reference` formats the files afterwards.
for (const [file, text] of Object.entries(writeGenerated())) {
  writeFileSync(path.join(__dirname, '..', file), text);
  process.stdout.write(`${file}\n`);
}
