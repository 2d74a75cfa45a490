import { OperatorError } from '../../model/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openCluster } from '../open-cluster.ts';
import { editFile } from './terminal.ts';
import type { Theatre } from './theatre.ts';

/** Lends the terminal to the operator's editor, with the cluster file that is in use. */
export async function editCluster(theatre: Theatre, io: Io, options: GlobalOptions): Promise<void> {
  const file = await clusterFile(options, io);
  if (file === undefined) return;
  await theatre.lend(async () => {
    await editFile(file, io.environment);
  });
}

/** Also that of a file which is wrong: it is to be mended. */
async function clusterFile(options: GlobalOptions, io: Io): Promise<string | undefined> {
  try {
    return (await openCluster(options, io.environment)).cluster.file;
  } catch (error) {
    if (error instanceof OperatorError) return error.problems.find(({ file }) => file)?.file;
    throw error;
  }
}
