import path from 'node:path';
import { findEnvironment, readEnvironmentFiles } from '../../../lib/environment/environment-file';
import { checkEnvironment } from '../../../lib/environment/with-defaults';

export const SHIPPED_FOLDER = path.join(__dirname, '../../../environments');

/** The files that come with the project, and what they export. */
export const shippedFiles = readEnvironmentFiles(SHIPPED_FOLDER);
export const shipped = shippedFiles.map(({ environment }) => checkEnvironment(environment));

export const shippedEnvironment = (name: string) => checkEnvironment(findEnvironment(shippedFiles, name).environment);
