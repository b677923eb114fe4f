/** The forms in which the command line writes a report. */
export const FORMATS = ['table', 'json', 'ocsf', 'csv', 'markdown', 'junit', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** Those of several environments as one. Of the other forms, none has a place for a tenant that was not reached: to its readers it would look clean. */
export const COMBINED_FORMATS = ['table', 'json', 'html'] as const satisfies readonly Format[];
export type CombinedFormat = (typeof COMBINED_FORMATS)[number];
