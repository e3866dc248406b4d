import { DomainError } from "../errors";

/** From 0 to 1: how both dialects are asked for quantiles. */
export function quantilePoints(parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, index) => index / parts);
}

export function notNumeric(attribute: string): DomainError {
  const message = `Attribute "${attribute}" holds no numbers, so nothing lies between its values.`;
  return new DomainError("invalid", message, { reason: "not-numeric" });
}
