import { readFileSync, readlinkSync } from 'node:fs';
import { createCloud, type ServerOptions } from '../cloud/server.ts';
import { Standing } from '../cloud/standing.ts';
import { networkPid } from '../network.ts';
import { fabricOf } from './fabric.ts';
import { hearAnnouncements } from './listener.ts';
import { serveMetadata } from './metadata.ts';
import { cloudPlaces, METADATA } from './places.ts';
import { runHere, Weaver } from './weave.ts';

const networkOf = (pid: number | 'self') => readlinkSync(`/proc/${pid}/ns/net`);

/** Rules, neighbours and addresses are set where this process is: that must be the lab's router. */
function requireRouter(lab: string): void {
  const router = networkPid(lab, 'router');
  if (!router || networkOf(router) !== networkOf('self'))
    throw new Error(`this is not the router of lab ${lab}: "lab up" starts the cloud there`);
}

/**
 * The lab's cloud, in a process of its own on the lab's router, until it is told to end: its API, what
 * it hears of the machines' announcements, what the router makes of its view, and the metadata service.
 * A process that comes after it goes on from its state file.
 */
export async function serveLabCloud(lab: string): Promise<void> {
  requireRouter(lab);
  const { settings, state } = cloudPlaces(lab);
  const options = JSON.parse(readFileSync(settings, 'utf8')) as ServerOptions;
  const weaver = new Weaver(runHere);
  const standing = new Standing({
    ...options,
    stateFile: state,
    onSaved: (context) => weaver.follow(fabricOf(context)),
  });
  // Also what the process before it had still to do.
  standing.save();
  await runHere(['ip', '-batch', '-'], `address replace ${METADATA.address}/32 dev lo\n`);
  const metadata = await serveMetadata(standing);
  const stopHearing = await hearAnnouncements((heard) => standing.announce(heard));
  await weaver.settled();
  // The API answers last: then all of it does.
  const cloud = await createCloud(options, standing);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  stopHearing();
  metadata.close();
  metadata.closeAllConnections();
  await cloud.close();
}
