import path from 'node:path';
import { filesOf, findEnvironment } from '../../../lib/environment/environment-file';
import { starterEnvironment } from '../../../lib/environment/starter';
import { checkEnvironment } from '../../../lib/environment/with-defaults';

/** The folder of environments. A user edits its files, so that only one test depends on their content. */
export const ENVIRONMENTS_FOLDER = path.join(__dirname, '../../../environments');

/** The environments of the project before they are set up. */
export const shipped = ['dev', 'prod'].map(starterEnvironment);
export const shippedFiles = filesOf(shipped);

export const shippedEnvironment = (name: string) => checkEnvironment(findEnvironment(shippedFiles, name).environment);
