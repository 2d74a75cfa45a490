import { OperatorError, problem } from '../../model/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openCluster } from '../open-cluster.ts';
import { editFile, editorOf } from './terminal.ts';
import type { Theatre } from './theatre.ts';

/**
 * Lends the terminal to the operator's editor, with the cluster file that is in use.
 *
 * @throws OperatorError "editor-failed": what it said has gone with its screen
 */
export async function editCluster(theatre: Theatre, io: Io, options: GlobalOptions): Promise<void> {
  const file = await clusterFile(options, io);
  if (file === undefined) return;
  const editor = editorOf(io.environment);
  let code = 0;
  await theatre.lend(async () => {
    code = editFile(editor, file);
  });
  if (code !== 0) throw new OperatorError(problem('editor-failed', { editor, code }, { file }));
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
