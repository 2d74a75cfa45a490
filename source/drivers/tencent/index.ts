export type { CallOptions } from './call.ts';
export type { ActionName, AnswerOf, RequestOf } from './calls.ts';
export { type CloudChange, carryOut, type Done } from './change.ts';
export { type Cloud, type CloudOptions, openCloud } from './cloud.ts';
export {
  type Credential,
  type CredentialPorts,
  type CredentialSearch,
  type CredentialSource,
  findCredential,
  type Look,
  shownId,
} from './credentials.ts';
export { addressById, findAddresses, findHaVips, haVipById } from './find.ts';
export { localPlaces } from './local-places.ts';
export {
  allowHolder,
  bindAddress,
  makeAddress,
  makeHaVip,
  removeAddress,
  removeHaVip,
  unbindAddress,
} from './operations.ts';
export { type CamPolicy, camPolicy } from './policy.ts';
export { tencentPort } from './port.ts';
export { cloudProblem, noCredential } from './problems.ts';
export type { CallIds, CloudFailure, CloudResult } from './result.ts';
export { type Awaited, waitUntil } from './wait.ts';
