import path from 'node:path';
import { filesOf, findEnvironment } from '../../../lib/environment/environment-file';
import { starterEnvironment } from '../../../lib/environment/starter';
import { checkEnvironment } from '../../../lib/environment/with-defaults';

/** Where environments are. A user edits what is there, so that no test but one depends on it. */
export const ENVIRONMENTS_FOLDER = path.join(__dirname, '../../../environments');

/** The environments that come with the project, before somebody has set them up. */
export const shipped = ['dev', 'prod'].map(starterEnvironment);
export const shippedFiles = filesOf(shipped);

export const shippedEnvironment = (name: string) => checkEnvironment(findEnvironment(shippedFiles, name).environment);
