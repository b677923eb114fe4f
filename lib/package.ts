// The module 'auth0-connection-auditor' of the published package, which an app imports.

export type { AlarmName, Launcher } from '../lambda/contract';
export type { MetricName } from '../lambda/metrics';
export { AuditorStack, type AuditorStackOptions } from './auditor-stack';
export { ConnectionAuditor, type ConnectionAuditorProps } from './connection-auditor';
export * from './define-environment';
export type { VpcNetwork } from './vpc-network';
