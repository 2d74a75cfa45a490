import { randomUUID } from 'node:crypto';
import type { ClientConfig } from 'tencentcloud-sdk-nodejs/tencentcloud/common/interface.js';
import { type ActionName, isRead, type Service, serviceOf } from './calls.ts';
import type { Credential } from './credentials.ts';
import { outcomeOfError } from './outcome.ts';
import type { Outcome } from './result.ts';
import { type Route, routeTo } from './route.ts';

export interface SdkOptions {
  readonly credential: Credential;
  readonly region: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: 'en' | 'zh';
  /** How long a try may take, for a call that only looks and for one that changes. */
  readonly timeoutMs: { readonly read: number; readonly change: number };
}

interface Client {
  request(action: string, request: unknown, options: object): Promise<{ RequestId?: string }>;
}
type MakeClient = new (config: ClientConfig) => Client;

/** What does one try of a call. */
export interface Sdk {
  try(action: ActionName, request: object, traceId: string, signal?: AbortSignal): Promise<Outcome>;
  close(): void;
}

/** For calls that are looked for in the cloud's log. */
export const newTraceId = (): string => randomUUID();

/** Takes 100 ms and 17 MB, so it is loaded only by who speaks to the cloud. */
async function load(service: Service): Promise<MakeClient> {
  // Each by its own name: the bundle has to see which.
  if (service === 'cvm') {
    return (
      await import('tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_client.js')
    ).Client;
  }
  if (service === 'sts') {
    return (
      await import('tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_client.js')
    ).Client;
  }
  return (await import('tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js'))
    .Client;
}

/** Tencent's SDK, with nothing of it that prints, retries or looks for credentials by itself. */
export function openSdk(options: SdkOptions): Sdk {
  const clients = new Map<string, Promise<Client>>();
  const routes = new Map<Service, Route>();
  const routeOf = (service: Service) => {
    const route =
      routes.get(service) ?? routeTo(`${service}.tencentcloudapi.com`, options.environment);
    routes.set(service, route);
    return route;
  };
  const clientOf = (action: ActionName) => {
    const service = serviceOf(action);
    const timeoutMs = options.timeoutMs[isRead(action) ? 'read' : 'change'];
    const key = `${service} ${timeoutMs}`;
    const made =
      clients.get(key) ??
      load(service).then((Client) => new Client(configOf(options, routeOf(service), timeoutMs)));
    clients.set(key, made);
    return made;
  };
  return {
    try: async (action, request, traceId, signal) => {
      const client = await clientOf(action);
      // A change is not broken off: it would be unknown whether it was done.
      const breaking = isRead(action) && signal ? { signal } : {};
      return attempt(client, action, request, {
        headers: { 'X-TC-TraceId': traceId },
        ...breaking,
      });
    },
    close: () => {
      for (const { agent } of routes.values()) agent?.destroy();
    },
  };
}

function configOf(options: SdkOptions, route: Route, timeoutMs: number): ClientConfig {
  const { secretId, secretKey, token } = options.credential;
  return {
    credential: {
      secretId: secretId.reveal(),
      secretKey: secretKey.reveal(),
      ...(token && { token: token.reveal() }),
    },
    region: options.region,
    profile: {
      language: options.language === 'zh' ? 'zh-CN' : 'en-US',
      httpProfile: {
        protocol: route.protocol,
        endpoint: route.endpoint,
        // with an agent, or a proxy that we name, the SDK does not look at http_proxy
        ...(route.proxy !== undefined && { proxy: route.proxy }),
        ...(route.agent && { agent: route.agent }),
        reqTimeout: timeoutMs / 1000,
      },
    },
  };
}

async function attempt(
  client: Client,
  action: ActionName,
  request: object,
  options: { readonly headers: object; readonly signal?: AbortSignal },
): Promise<Outcome> {
  try {
    const value = await client.request(action, request, options);
    return { kind: 'answered', value, requestId: value.RequestId ?? '' };
  } catch (error) {
    return outcomeOfError(error, options.signal?.aborted ?? false);
  }
}
