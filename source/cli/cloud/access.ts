import {
  type Credential,
  type CredentialSearch,
  findCredential,
  localPlaces,
  noCredential,
} from '../../drivers/tencent/index.ts';
import { routeTo } from '../../drivers/tencent/route.ts';
import { EXIT, message, OperatorError, Secret, type Whereabouts } from '../../model/index.ts';
import { renderMessage } from '../../text/index.ts';
import type { Io } from '../io.ts';

/** Who we are to a cloud. Loaded only where the cluster file names one: the SDK is no small thing. */
export interface CloudAccess {
  readonly credential: Credential;
  /** Named where the keys were found. */
  readonly region?: string;
  /** Not to be seen anywhere. */
  readonly secrets: readonly Secret[];
}

type Places = Parameters<typeof findCredential>[0];

/**
 * Looks for keys, and asks a person where there is one; what is wrong with the way to the cloud is
 * said now, too. No node and no cloud is asked.
 *
 * @param where the cluster file names the cloud
 * @throws OperatorError `cloud-no-credential`, `cloud-endpoint-bad`, `cloud-proxy-bad`: exit 64
 */
export async function findAccess(
  io: Io,
  where: Whereabouts = {},
  places: Omit<Places, 'ask'> = localPlaces(io.environment),
): Promise<CloudAccess> {
  routeTo('vpc.tencentcloudapi.com', io.environment).agent?.destroy();
  const ask = io.prompter && (() => askForKeys(io));
  const search = await findCredential({ ...places, ...(ask && { ask }) });
  if (!search.credential) {
    const [first, ...half] = noCredential(search);
    throw new OperatorError([{ ...first, ...where }, ...half], EXIT.usage);
  }
  return accessOf(search.credential, search);
}

function accessOf(credential: Credential, { region }: CredentialSearch): CloudAccess {
  const { secretId, secretKey, token } = credential;
  const secrets = [secretId, secretKey, ...(token ? [token] : [])];
  return { credential, secrets, ...(region !== undefined && { region }) };
}

/** Kept as long as this process lives, so that a second try does not ask again; written nowhere. */
async function askForKeys(io: Io) {
  const { prompter, remembered } = io;
  if (remembered?.cloudKeys) return remembered.cloudKeys;
  if (!prompter) return undefined;
  io.face.settle();
  const words = (code: string) => renderMessage(message(code), io.language);
  const secretId = (await prompter.askLine(words('cd-ask-secret-id')))?.trim();
  if (!secretId) return undefined;
  const secretKey = (await prompter.askSecret(words('cd-ask-secret-key')))?.trim();
  if (!secretKey) return undefined;
  const keys = { secretId, secretKey: new Secret('SecretKey', secretKey) };
  if (remembered) remembered.cloudKeys = keys;
  return keys;
}
