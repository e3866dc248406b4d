import type { Prisma } from "./prisma/client";

/** A value that its schema has made plain JSON, as Prisma takes it: Prisma's own type knows no readonly arrays. */
export function storedJson(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject;
}
