import {
  type AdminSecrets,
  ASK,
  changePublished,
  logInAs,
  whichPassword,
} from '../../checks/iam-login.ts';
import { type Content, content } from '../../model/index.ts';

/**
 * Changes the published password into the wanted one, and logs in with it. Looks again first: the
 * probe may have met an IAM that was not there yet, and a run that was killed may have done it.
 */
export function changeScript(secrets: AdminSecrets): Content {
  return content`${ASK}${whichPassword(secrets)}case $admin in
wanted) exit 0 ;;
published) ;;
other) echo '@problem admin-password-other' >&2; exit 1 ;;
*) echo '@problem admin-password-not-asked' >&2; exit 1 ;;
esac
${changePublished(secrets)}code=$(status "$said")
if [ "$code" != 200 ]; then echo "PUT change-password: status $code" >&2; echo '@problem admin-password-refused' >&2; exit 1; fi
${logInAs(secrets.adminPassword)}[ "$(status "$said")" = 200 ] || { echo '@problem admin-password-refused' >&2; exit 1; }
`;
}
