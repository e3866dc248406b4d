import { keptSecret } from "../../server/data-folder";
import { processSingleton } from "../../server/process-singleton";
import { settings } from "../../server/settings";

const kept = processSingleton<Promise<string>>("the session secret");

/** What session cookies are encrypted with: the setting, or one made once and kept in the data folder. */
export function sessionSecret(): Promise<string> {
  const { sessionSecret: given, dataFolder } = settings();
  if (given) return Promise.resolve(given);
  const found = kept.find();
  if (found) return found;
  const made = keptSecret(dataFolder, "session-secret");
  kept.set(made);
  made.catch(() => kept.clear());
  return made;
}
