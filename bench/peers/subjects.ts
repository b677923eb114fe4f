/** The way in which a subject reads the connections. It determines the results of listing faults. */
export type Listing = 'sdk-default' | 'sdk-100' | 'deploy-cli' | 'auditor';

export interface Subject {
  readonly name: string;
  readonly job: 'list' | 'repair';
  readonly listing: Listing;
  /** The program in `children/`. */
  readonly program: 'auditor' | 'deploy-cli' | 'documentation' | 'sdk';
}

/** The measured subjects, in the order of the table. README.md describes them. */
export const SUBJECTS = {
  'sdk-default': {
    name: 'SDK, listing by default',
    job: 'list',
    listing: 'sdk-default',
    program: 'sdk',
  },
  'sdk-100': {
    name: 'SDK, listing with take=100',
    job: 'list',
    listing: 'sdk-100',
    program: 'sdk',
  },
  'deploy-cli': {
    name: 'Deploy CLI, export',
    job: 'list',
    listing: 'deploy-cli',
    program: 'deploy-cli',
  },
  'auditor-report': {
    name: 'Auditor, report',
    job: 'list',
    listing: 'auditor',
    program: 'auditor',
  },
  'page-printed': {
    name: 'Documentation, as printed',
    job: 'repair',
    listing: 'sdk-100',
    program: 'documentation',
  },
  'page-steps': {
    name: 'Documentation, all steps',
    job: 'repair',
    listing: 'sdk-100',
    program: 'documentation',
  },
  'sdk-loop': {
    name: 'SDK, merged, in a loop',
    job: 'repair',
    listing: 'sdk-100',
    program: 'sdk',
  },
  'sdk-ten': {
    name: 'SDK, merged, ten at a time',
    job: 'repair',
    listing: 'sdk-100',
    program: 'sdk',
  },
  'auditor-remediate': {
    name: 'Auditor, remediate',
    job: 'repair',
    listing: 'auditor',
    program: 'auditor',
  },
} as const satisfies Record<string, Subject>;

export type SubjectId = keyof typeof SUBJECTS;

export function subjectOf(id: SubjectId): Subject {
  return SUBJECTS[id];
}
