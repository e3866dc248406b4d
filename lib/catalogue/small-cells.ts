import type { Actor } from "../access/actor";
import { can } from "../access/permissions";

/** Numbers of customers below it are not told to people who may not look customers up. */
export const minimumCell = 10;

export type RoundCustomers = (customers: number) => number;

/**
 * How a number of customers is told to an actor. Rounding down keeps order and never makes a sum of parts exceed
 * its whole.
 */
export function customerRounding(actor: Pick<Actor, "roles">): RoundCustomers {
  return can(actor, "customer.read") ? exactly : downToCell;
}

/** Whether numbers below a cell are told. */
export function tellsFew(round: RoundCustomers): boolean {
  return round(1) === 1;
}

function exactly(customers: number): number {
  return customers;
}

export function downToCell(customers: number): number {
  return customers - (customers % minimumCell);
}
