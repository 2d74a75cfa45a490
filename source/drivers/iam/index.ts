export { iamCacheFolder, tidyIamCache } from './cache.ts';
export { readIamSchema } from './folder.ts';
export type { IamRelease } from './go-build.ts';
export { packFile } from './packed.ts';
export {
  type IamOrigin,
  type IamPlace,
  iamOrigin,
  type PreparedIam,
  type Preparing,
  prepareIam,
  verifyBuildable,
} from './prepare.ts';
export { programRunner, type RunProgram } from './program.ts';
export { findGo } from './toolchain.ts';
