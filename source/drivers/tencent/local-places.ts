import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { CredentialPorts } from './credentials.ts';
import { metadataService } from './metadata.ts';

/** This computer's own places where a pair of keys may be. */
export function localPlaces(
  environment: Readonly<Record<string, string | undefined>>,
): Omit<CredentialPorts, 'ask'> {
  return { environment, home: home(), read, metadata: metadataService() };
}

/** Some users have none. */
function home(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
