/**
 * The unit on a node that hands a file to one of its peers, at a port of IAM's. Whoever takes a node over
 * from a run that died ends it, or that port would be taken.
 */
export const SHARE_UNIT = 'iam-ha-share';
