export { isAdminPassword, publishedAdmin } from './admin-password.ts';
export { type ReadTls, readTls, type ServedTls, type TlsTexts } from './certificate.ts';
export * from './derived.ts';
export {
  filesToExist,
  type NamedFile,
  type NamedSecret,
  secretsToRead,
} from './files.ts';
export { DEFAULT_IAM_VERSION, type IamRelease, iamRelease, iamReleases } from './iam-releases.ts';
export { type OutageCircumstances, type OutageScenario, predictOutage } from './outage.ts';
export { type ParsedCluster, type ParseOptions, parseCluster } from './parse.ts';
export { type PhaseBands, predictPhases } from './phase-bands.ts';
export { type FieldLines, lineOf } from './positions.ts';
export type * from './types.ts';
export { type ScriptTimers, type VrrpTimers, vrrpPriorities, vrrpTimers } from './vrrp.ts';
export { settingsInAdvert, settingsInFile, type VrrpSettings } from './vrrp-settings.ts';
