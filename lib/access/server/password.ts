import { hash, verify } from "@node-rs/argon2";
import { processSingleton } from "../../server/process-singleton";

const standIn = processSingleton<Promise<string>>("a password nobody has");

/** argon2id with the library's defaults: 19 MiB, 2 passes. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"));
}

/** Takes as long where there is no such person, so that the time does not tell whether there is. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) return verify(passwordHash, password.normalize("NFC")).catch(() => false);
  let hashed = standIn.find();
  if (!hashed) {
    hashed = hashPassword("nobody");
    standIn.set(hashed);
  }
  await verify(await hashed, password.normalize("NFC"));
  return false;
}
