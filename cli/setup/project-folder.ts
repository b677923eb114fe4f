import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of a project, by paths with slashes that are relative to it. */
export interface ProjectFolder {
  /** As a person would find it. */
  readonly place: string;
  /** What a file holds; `undefined` where nothing has that name. A folder holds an empty text. */
  read(file: string): string | undefined;
  /**
   * Writes a file, and makes the folders that it lies in. Throws where something has that name already, unless it is a file
   * that holds exactly `instead`.
   */
  write(file: string, text: string, instead?: string): void;
}

/** The folder at a place of this machine. */
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
      // `wx` fails where the name is taken: a file that came since somebody looked is not overwritten.
      const isInPlace = instead !== undefined && read(file) === instead;
      writeFileSync(whole, text, { flag: isInPlace ? 'w' : 'wx' });
    },
  };
}
