import pino from "pino";
import { logLevel } from "./settings";

/** Structured lines on standard error; never a secret, never a customer's value. */
export const log = pino(
  {
    name: "steward",
    level: logLevel(),
    redact: {
      paths: ["password", "authorization", "cookie", "*.password", "*.authorization", "*.cookie"],
      censor: "…",
    },
  },
  pino.destination({ dest: 2, sync: false }),
);
