import { stringify } from 'yaml';
import { mapSecret, Secret } from '../../model/index.ts';

/**
 * Text as a quoted string of YAML, in JSON's form. Unquoted, `0123` would become 83 and `no` false
 * without a word from IAM.
 */
export function yamlString(text: string): string;
export function yamlString(text: Secret): Secret;
export function yamlString(text: string | Secret): string | Secret {
  return text instanceof Secret ? mapSecret(text, quoted) : quoted(text);
}

function quoted(text: string): string {
  const options = {
    defaultStringType: 'QUOTE_DOUBLE',
    doubleQuotedAsJSON: true,
    lineWidth: 0,
  } as const;
  return stringify(text, options).trimEnd();
}
