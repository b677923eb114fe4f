import { didYouMean } from '../../lambda/policy/nearest';
import { makeVisible } from '../../lambda/report/text/harmless';
import { FORMAT_ENDINGS, type Format, formatOfFile } from '../formats/format-names';
import type { ValuesOf } from '../option';
import type { OUTPUT_OPTIONS } from './options';

/** In which forms a report is written, and where. */
export interface OutputPlan {
  /** What is printed; `undefined`: nothing, since the one form asked for goes to a file. */
  readonly printed: Format | undefined;
  readonly files: readonly OutputFile[];
}

export interface OutputFile {
  readonly file: string;
  readonly format: Format;
}

type Asked = ValuesOf<typeof OUTPUT_OPTIONS>;

/** `--format` is the form of the one file there is, whatever its ending; without it each ending decides. */
export function planOutputs({ format, outputs }: Asked): OutputPlan {
  const files = outputs.flatMap((file): OutputFile[] => {
    const form = format ?? formatOfFile(file);
    return form === undefined ? [] : [{ file, format: form }];
  });
  return { printed: format === undefined || files.length === 0 ? (format ?? 'table') : undefined, files };
}

/** Whether this form is among those that will be written. */
export function isWritten(format: Format, asked: Asked): boolean {
  const { printed, files } = planOutputs(asked);
  return printed === format || files.some((file) => file.format === format);
}

/** What is wrong with the files together, a sentence each. */
export function findOutputProblems({ format, outputs }: Asked): readonly string[] {
  if (outputs.includes('-')) return ['--output -: the report is printed anyway; leave this out'];
  const twice = outputs.find((file, index) => outputs.indexOf(file) !== index);
  if (twice !== undefined) return [`--output: '${makeVisible(twice)}' is given twice`];
  if (format !== undefined) {
    return outputs.length > 1
      ? ['--format: used with one --output at most; of several, the ending of each decides']
      : [];
  }
  return outputs.flatMap((file) => {
    if (formatOfFile(file) !== undefined) return [];
    const endings = Object.values(FORMAT_ENDINGS);
    const meant = didYouMean(file.slice(file.lastIndexOf('.')), endings);
    return [`--output ${makeVisible(file)}: expected a name that ends in ${endings.join(', ')}, or --format${meant}`];
  });
}
