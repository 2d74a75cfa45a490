import { type Content, mapSecret, type Secret, urlEscaped } from '../../model/index.ts';
import { AUDIT_COLLECTION } from '../data-tier.ts';
import type { MongodbPlace } from '../database-places.ts';
import { renderAsset } from '../render.ts';
import type { StageInput } from '../stage-input.ts';
import { yamlString } from './yaml-string.ts';

/** The part of the pump's configuration that makes it write to MongoDB. */
export function mongoSink(
  { asset, language }: Pick<StageInput, 'asset' | 'language'>,
  place: MongodbPlace,
): Content {
  const values = { collection: yamlString(AUDIT_COLLECTION), url: yamlString(mongoUrl(place)) };
  const lines = renderAsset(asset('iam/pump-mongo.yaml'), values, language);
  // the line that it stands on has a line feed of its own
  const last = lines.at(-1);
  return typeof last === 'string' ? [...lines.slice(0, -1), last.replace(/\n$/, '')] : lines;
}

/**
 * As IAM's driver reads it: the account is one of the database that is named, and options that it
 * does not know would end the pump.
 */
function mongoUrl({ host, port, database, user, password }: MongodbPlace): Secret {
  return mapSecret(
    password,
    (text) => `mongodb://${urlEscaped(user)}:${urlEscaped(text)}@${host}:${port}/${database}`,
  );
}
