/** Versions whose templates and files are stored here as the version wrote them (docs/upgrading.md). */
export const VERSIONS = ['0.1.0'];
