import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { EXIT, OperatorError, problem } from '../../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a service is reached. */
export interface Route {
  readonly protocol: 'http://' | 'https://';
  /** The service's own name, which is signed; with a port where there is another one. */
  readonly endpoint: string;
  /** Exactly one of the two. */
  readonly proxy?: string;
  readonly agent?: http.Agent;
}

/**
 * The way to `host`: where TENCENTCLOUD_ENDPOINT says (`http://10.0.4.10:8080`), else by the proxy that
 * the environment names for it, else straight.
 *
 * An endpoint that is named is connected to, by no proxy: who names it says where it is. The service's
 * own name is still what is signed, and nothing is asked of any name server but the endpoint's name.
 *
 * @throws OperatorError `cloud-endpoint-bad`, `cloud-proxy-bad`
 */
export function routeTo(host: string, environment: Environment): Route {
  const named = environment.TENCENTCLOUD_ENDPOINT;
  if (named) return namedRoute(host, urlOf(named, 'cloud-endpoint-bad'));
  const proxy = proxyFor(host, environment);
  if (proxy !== undefined) {
    return { protocol: 'https://', endpoint: host, proxy: urlOf(proxy, 'cloud-proxy-bad').href };
  }
  return { protocol: 'https://', endpoint: host, agent: new https.Agent({ keepAlive: true }) };
}

function namedRoute(host: string, { protocol, hostname, port }: URL): Route {
  const address = hostname.replace(/^\[|\]$/g, '');
  const there: LookupFunction = (_name, options, done) => lookup(address, options, done);
  const options = { keepAlive: true, lookup: there };
  const isSecure = protocol === 'https:';
  return {
    protocol: isSecure ? 'https://' : 'http://',
    endpoint: port ? `${host}:${port}` : host,
    agent: isSecure ? new https.Agent(options) : new http.Agent(options),
  };
}

function urlOf(text: string, code: string): URL {
  const whole = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url?.hostname && /^https?:$/.test(url.protocol)) return url;
  // A proxy's address may hold a password: it is not repeated.
  throw new OperatorError(problem(code), EXIT.usage);
}

/** `https_proxy`, unless `no_proxy` names the host; capitals where there are no small letters. */
export function proxyFor(host: string, environment: Environment): string | undefined {
  const value = (name: string) => environment[name] || environment[name.toUpperCase()];
  const proxy = value('https_proxy') || value('all_proxy');
  if (!proxy || isExcepted(host, value('no_proxy') ?? '')) return undefined;
  return proxy;
}

/** `*`, `example.com` (and all below), `.example.com`, with a port or without. */
function isExcepted(host: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) =>
      word
        .toLowerCase()
        .replace(/:443$/, '')
        .replace(/^\*?\./, ''),
    )
    .some((name) => name === '*' || host === name || host.endsWith(`.${name}`));
}
