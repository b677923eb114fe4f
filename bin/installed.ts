#!/usr/bin/env node
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { STARTER } from '../cli/environments/starter';
import { runProgram } from '../cli/program/run-program';
import { importEnvironments } from '../lib/environment/import-environments';

// The command line of the installed package, with the environments of the current folder.
void runProgram(process, {
  launcher: 'package',
  readEnvironments: () =>
    importEnvironments(path.resolve('environments'), {
      load: (file) => import(pathToFileURL(file).href),
      readsTypeScript: Boolean(process.features.typescript),
      version: process.versions.node,
    }),
  starter: STARTER,
  root: process.cwd(),
  now: Date.now,
});
