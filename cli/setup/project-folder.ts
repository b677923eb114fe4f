import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of a project. Paths are relative to the folder and use slashes. */
export interface ProjectFolder {
  /** The path of the folder, as an operator would find it. */
  readonly place: string;
  /** The content of a file; `undefined` if the name does not exist. The content of a folder is an empty text. */
  read(file: string): string | undefined;
  /**
   * Writes a file and creates its folders. Throws if the name already exists, unless it is a file that contains exactly
   * `instead`.
   */
  write(file: string, text: string, instead?: string): void;
}

/** Opens a folder on this machine. */
export function openProjectFolder(place: string): ProjectFolder {
  const read = (file: string): string | undefined => {
    const whole = path.join(place, file);
    if (!existsSync(whole)) return undefined;
    return statSync(whole).isDirectory() ? '' : readFileSync(whole, 'utf8');
  };
  return {
    place,
    read,
    write: (file, text, instead) => {
      const whole = path.join(place, file);
      mkdirSync(path.dirname(whole), { recursive: true });
      // `wx` fails if the name exists, so a file that was created after the check is not overwritten.
      const isInPlace = instead !== undefined && read(file) === instead;
      writeFileSync(whole, text, { flag: isInPlace ? 'w' : 'wx' });
    },
  };
}
