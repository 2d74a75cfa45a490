import { open } from 'node:fs/promises';
import { type BinaryKind, binaryKind } from '../../model/index.ts';

/** @throws as `open` and `read` do */
export async function readBinaryKind(path: string): Promise<BinaryKind> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return binaryKind(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
