import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../drivers/package-root.ts';
import { EXIT, OperatorError } from '../model/index.ts';
import { stageNeeds } from '../stages/index.ts';
import { parseRunbook, type Runbook } from '../stages/runbook.ts';

/** The runbook `iam-ha`. @throws OperatorError with everything that is wrong with the file */
export function readRunbook(): Runbook {
  const file = join(packageRoot(), 'runbooks', 'iam-ha.yaml');
  const parsed = parseRunbook(readFileSync(file, 'utf8'), file, stageNeeds);
  if (!parsed.ok) throw new OperatorError(parsed.problems, EXIT.usage);
  return parsed.runbook;
}
