#!/usr/bin/env tsx
import path from 'node:path';
import { runProgram } from '../cli/program/run-program';
import { readEnvironmentFiles } from '../lib/environment/environment-file';

const root = path.join(__dirname, '..');

// The command line of this repository, with the environments of this repository.
void runProgram(process, {
  launcher: 'repository',
  readEnvironments: async () => readEnvironmentFiles(path.join(root, 'environments')),
  root,
  now: Date.now,
});
