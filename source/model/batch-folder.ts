/**
 * The shell variable that, in a batch of read-only scripts for one node, names the batch's own folder.
 * A script that has waited for a server in vain says so there, and those after it do not wait again.
 * Empty where a script runs alone.
 */
export const BATCH_FOLDER = 'iamha_dir';
