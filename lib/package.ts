// The library of the published package: what an app imports from 'auth0-connection-auditor'.

export type { AlarmName, Launcher } from '../lambda/contract';
export type { MetricName } from '../lambda/metrics';
export { AuditorStack, type AuditorStackOptions } from './auditor-stack';
export { ConnectionAuditor, type ConnectionAuditorProps } from './connection-auditor';
export * from './define-environment';
export type { VpcNetwork } from './vpc-network';
