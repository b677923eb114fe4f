/** Versions whose templates and files are kept, as each wrote them (docs/upgrading.md). */
export const VERSIONS = ['0.1.0'];
