/** What `--yes` alone does not consent to; the stages' input has it. */
export interface Consents {
  /** Take over a configuration that is somebody else's. */
  readonly adopt: boolean;
  /** Files of ours that somebody else edited, and that may be overwritten. */
  readonly overwrite: readonly string[];
}
