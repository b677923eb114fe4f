/** 0 no open findings, 1 open findings, 2 not complete, a connection could not be judged, or a repair failed. */
export type ExitCode = 0 | 1 | 2;
