import { randomUUID } from 'node:crypto';
import type { ClientConfig } from 'tencentcloud-sdk-nodejs/tencentcloud/common/interface.js';
import { type ActionName, isRead, type Service, serviceOf } from './calls.ts';
import type { Credential } from './credentials.ts';
import { outcomeOfError } from './outcome.ts';
import type { Outcome } from './result.ts';
import { type Route, routeTo } from './route.ts';

export interface SdkOptions {
  /** Asked for with every try: a temporary pair is replaced before it ends. */
  readonly credential: () => Promise<Credential>;
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

/** How much later than the SDK's own limit ours is. */
const LATE_MS = 1000;

/** What does one try of a call. */
export interface Sdk {
  try(action: ActionName, request: object, traceId: string, signal?: AbortSignal): Promise<Outcome>;
  close(): void;
}

/** For calls that are looked for in the cloud's log. */
export const newTraceId = (): string => randomUUID();

/** What such a module is: bundled, it has its exports under `default` alone. */
interface Module {
  readonly Client?: MakeClient;
  readonly default?: { readonly Client: MakeClient };
}

/** Each by its own name: the bundle has to see which. */
const MODULES: Readonly<Record<Service, () => Promise<Module>>> = {
  vpc: () => import('tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js'),
  cvm: () => import('tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_client.js'),
  billing: () =>
    import('tencentcloud-sdk-nodejs/tencentcloud/services/billing/v20180709/billing_client.js'),
  sts: () => import('tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_client.js'),
};

/** Takes 100 ms and 17 MB, so it is loaded only by who speaks to the cloud. */
async function load(service: Service): Promise<MakeClient> {
  const module = await MODULES[service]();
  const found = module.Client ?? module.default?.Client;
  if (!found) throw new Error(`the SDK has no client for ${service}`);
  return found;
}

/**
 * Tencent's SDK, with nothing of it that prints, retries or looks for credentials by itself.
 *
 * @throws OperatorError `cloud-endpoint-bad`, `cloud-proxy-bad`
 */
export function openSdk(options: SdkOptions): Sdk {
  const clients = new Map<string, Promise<Client>>();
  const routes = new Map<Service, Route>();
  const routeOf = (service: Service) => {
    const route =
      routes.get(service) ?? routeTo(`${service}.tencentcloudapi.com`, options.environment);
    routes.set(service, route);
    return route;
  };
  // What is wrong with the environment is said before anything is asked.
  routeOf('vpc');
  const timeoutOf = (action: ActionName) => options.timeoutMs[isRead(action) ? 'read' : 'change'];
  const clientOf = (action: ActionName) => {
    const service = serviceOf(action);
    const timeoutMs = timeoutOf(action);
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
      const timeoutMs = timeoutOf(action);
      const headers = { 'X-TC-TraceId': traceId };
      // A change is not broken off by who waits: it would be unknown whether it was done.
      const waiter = isRead(action) ? signal : undefined;
      return withLimit(timeoutMs + LATE_MS, waiter, (one) =>
        client.request(action, request, { headers, signal: one }),
      );
    },
    close: () => {
      for (const { agent } of routes.values()) agent?.destroy();
    },
  };
}

function configOf(options: SdkOptions, route: Route, timeoutMs: number): ClientConfig {
  return {
    credential: {
      getCredential: async () => {
        const { secretId, secretKey, token } = await options.credential();
        return {
          secretId: secretId.reveal(),
          secretKey: secretKey.reveal(),
          ...(token && { token: token.reveal() }),
        };
      },
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

/**
 * One try, ended by us in the end: the SDK's own limit begins with the connection, so a proxy that hangs
 * up before it has answered would be waited for without end.
 */
async function withLimit(
  limitMs: number,
  waiter: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<{ RequestId?: string }>,
): Promise<Outcome> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    const value = await request(AbortSignal.any([limit.signal, ...(waiter ? [waiter] : [])]));
    return { kind: 'answered', value, requestId: value.RequestId ?? '' };
  } catch (error) {
    if (limit.signal.aborted) return { kind: 'lost', detail: `no answer in ${limitMs} ms` };
    return outcomeOfError(error, waiter?.aborted ?? false);
  } finally {
    clearTimeout(timer);
  }
}
