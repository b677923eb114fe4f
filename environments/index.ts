import type { Environment } from '../lib/environment/environment';
import { dev } from './dev';
import { prod } from './prod';

/** Every file of this folder; each becomes one stack. */
export const environments: readonly Environment[] = [dev, prod];
