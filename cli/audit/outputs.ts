import { didYouMean } from '../../lambda/policy/nearest';
import { makeVisible } from '../../lambda/report/text/harmless';
import { FORMAT_ENDINGS, type Format, formatOfFile } from '../formats/format-names';
import type { ValuesOf } from '../option';
import type { OUTPUT_OPTIONS } from './options';

/** The formats and files of a report. */
export interface OutputPlan {
  /** The format that is printed; `undefined`: nothing is printed, because the only requested format goes to a file. */
  readonly printed: Format | undefined;
  readonly files: readonly OutputFile[];
}

export interface OutputFile {
  readonly file: string;
  readonly format: Format;
}

type Asked = ValuesOf<typeof OUTPUT_OPTIONS>;

/** `--format` sets the format of the only file, regardless of its extension. Without `--format`, the extension of each file decides. */
export function planOutputs({ format, outputs }: Asked): OutputPlan {
  const files = outputs.flatMap((file): OutputFile[] => {
    const form = format ?? formatOfFile(file);
    return form === undefined ? [] : [{ file, format: form }];
  });
  return { printed: format === undefined || files.length === 0 ? (format ?? 'table') : undefined, files };
}

/** Whether the report will be written in this format. */
export function isWritten(format: Format, asked: Asked): boolean {
  const { printed, files } = planOutputs(asked);
  return printed === format || files.some((file) => file.format === format);
}

/** The problems of the output options together, one sentence each. */
export function findOutputProblems({ format, outputs }: Asked): readonly string[] {
  if (outputs.includes('-')) return ['--output -: without --output, the report is printed to stdout; omit this option'];
  const twice = outputs.find((file, index) => outputs.indexOf(file) !== index);
  if (twice !== undefined) return [`--output: '${makeVisible(twice)}' is given twice`];
  if (format !== undefined) {
    return outputs.length > 1
      ? ['--format: allows at most one --output; with several files, the extension of each file sets its format']
      : [];
  }
  return outputs.flatMap((file) => {
    if (formatOfFile(file) !== undefined) return [];
    const endings = Object.values(FORMAT_ENDINGS);
    const meant = didYouMean(file.slice(file.lastIndexOf('.')), endings);
    return [
      `--output ${makeVisible(file)}: expected a file name that ends in ${endings.join(', ')}, or give --format${meant}`,
    ];
  });
}
